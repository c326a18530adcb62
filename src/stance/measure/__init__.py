"""Gold labels, predictions, and the arithmetic between them; no model is run here."""
