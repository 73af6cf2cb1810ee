"""Pictures as SVG, made here: maps, a Lorenz curve, dots, lines and range bars.

Each module draws one kind of picture from plain data; `maps/of.py` and `charts/of_tables.py` make
that data from tables, series and sweeps.
"""
