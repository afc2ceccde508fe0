"""A world fitted to a log without a likelihood: priors, summaries, what they tell of parameters, the posterior.

Written on numpy and scipy. Of the libraries that are kept for this, pyabc 0.13 brings distributed, redis, SQLAlchemy,
GitPython and ipykernel, elfi 0.8 brings dask, GPy and ipyparallel and holds matplotlib below 3.9; what is needed here,
one table of simulated logs used again and again, is two hundred lines.
"""
