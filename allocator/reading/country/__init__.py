"""The shared tables of a country: its areas, names, mergers, borders, figures and map of a day."""
