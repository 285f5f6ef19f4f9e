"""The formats of malmo_intl.formats, for templates."""

from django import template

from malmo_intl import formats

register = template.Library()
register.filter("kronor", formats.kronor)
register.filter("amount", formats.amount)
register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("long_date", formats.long_date)
register.filter("genitive", formats.genitive)
