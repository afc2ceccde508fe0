"""Fitting a world to a log: the log and how it was watched, communities watched the same way, inference, prediction."""
