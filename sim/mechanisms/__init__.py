"""Mechanisms: everything one thing needs, one file each."""
