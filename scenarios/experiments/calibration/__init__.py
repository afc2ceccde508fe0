"""Calibration: sets of constants are searched for that bring the facts into their bands; many fit as well."""
