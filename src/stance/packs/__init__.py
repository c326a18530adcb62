"""Help with issue packs: which there are, what is wrong with one, how to start one."""
