"""A world fitted to a log without a likelihood: priors, summaries, what they tell of parameters, the posterior."""
