"""Emits the operation table and the parameter types, which the model generator has no notion of."""
