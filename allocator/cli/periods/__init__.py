"""The verbs that go from half-year to half-year."""
