"""Reads what a provincial board brings to a plan: locations, pledges, agreements and wishes."""
