"""From overrides to a checked scenario."""
