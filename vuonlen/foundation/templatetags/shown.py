"""How values are shown: dates 31/12/2023, numbers 1.234.567."""

from django import template

register = template.Library()
