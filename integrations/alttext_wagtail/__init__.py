"""Descriptions for the images of a Wagtail site, suggested to editors."""
