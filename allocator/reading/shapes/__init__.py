"""The shapes of the YAML files: which keys there are, what they mean, what may stand in them."""
