"""A year as data: planned from the last one, changed, opened and closed."""
