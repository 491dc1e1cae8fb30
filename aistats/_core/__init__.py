"""One call to the gateway, in both colours."""
