"""A document that has been edited in Word, read back: what was changed in it, text by text."""
