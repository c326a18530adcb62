"""Document → sentences."""
