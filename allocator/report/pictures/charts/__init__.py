"""Pictures that are no maps: a Lorenz curve, dots, lines and range bars."""
