"""Intervals, survival, resampling: methods that know nothing of groups."""
