"""What the verbs share: options, where results go, language and progress."""
