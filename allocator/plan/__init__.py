"""A province's plan: from an indicative number to locations that meet it."""
