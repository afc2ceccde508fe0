"""``shequn pairs``: how strategies go together, two by two."""
