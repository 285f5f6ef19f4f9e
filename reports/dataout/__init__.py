"""Data out: every table as CSV and JSON with documented columns, and the catalogue of what is open."""
