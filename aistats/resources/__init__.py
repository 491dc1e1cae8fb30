"""The namespaces of a client."""
