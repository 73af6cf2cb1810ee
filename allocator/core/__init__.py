"""The mathematics, exact and pure: from weights to whole numbers."""
