"""The configuration files (YAML); installed beside the packages."""
