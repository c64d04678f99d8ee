from django.db import models


class Photo(models.Model):
    """Its alternative is empty until somebody writes one."""

    image = models.ImageField(upload_to="photos", blank=True)
    alt = models.CharField(max_length=100, blank=True)
    decorative = models.BooleanField(default=False)


class Slide(models.Model):
    """Its alternative is NULL until somebody writes one, and empty if it is decoration."""

    picture = models.FileField(upload_to="slides")
    alternative = models.TextField(null=True, blank=True)


class Article(models.Model):
    """Pictures in its text have their alternatives there."""

    body = models.TextField(blank=True)
