"""Claims found by the order of words alone, for where no parser is installed."""
