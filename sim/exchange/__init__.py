"""Chat logs in the formats of other programs: what people export is read into our table, simulated talk is written out.

A format is one file in ``formats/``; nothing else names it. Texts and names are dropped while a file is read.
"""
