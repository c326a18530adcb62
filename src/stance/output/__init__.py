"""`Analysis` → something to read or to hand on: a table, JSON lines, CSV.

`formats` names them for the command line. Each module offers `write(analyses, stream)`, takes the
analyses one at a time and decides nothing: labels come from the analysis's own decision.
"""
