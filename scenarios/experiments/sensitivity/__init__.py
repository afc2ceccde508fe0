"""Sensitivity analyses: which knobs matter? Designs and indices by SALib, runs in the store."""
