"""Answers that come piece by piece."""
