"""The verb that plans a province."""
