"""Audits: what published numbers say about figures that are known only roughly."""
