"""Text alternatives for the pictures of a Django site: a command, a template filter and a form."""
