"""What is asked, said once: the form's columns and lists, read from templates/<form>/form.toml."""
