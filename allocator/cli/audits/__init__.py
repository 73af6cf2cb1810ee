"""The verbs that lay results and published tables beside each other."""
