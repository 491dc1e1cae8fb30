"""What the client owes to people who trust it with a key: tested against servers that do not."""
