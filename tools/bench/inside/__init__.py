"""Scripts that run in a process of the portal, with its settings and its database."""
