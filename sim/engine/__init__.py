"""The engine: knobs, rows, luck, levers, rules and the two lanes. It knows nothing of groups."""
