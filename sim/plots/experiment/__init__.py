"""Pictures of a study, drawn from :class:`sim.analysis.experiment.findings.Findings`; one picture, one file."""
