"""A small site with pictures, as people build them with Django and Wagtail."""
