"""Gold against predictions: the figures, the report, the gate; and the baselines beside them."""
