"""Measurements beside peers and limits; run by hand, never in tests."""
