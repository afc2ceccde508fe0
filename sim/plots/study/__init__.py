"""Pictures of a study, drawn from :class:`sim.analysis.study.findings.Findings`; one picture, one file."""
