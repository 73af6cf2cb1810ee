"""Reads tables as people make them: what is plain is read, what is doubtful is asked."""
