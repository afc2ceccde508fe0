"""One file a format, found by walking (:func:`sim.exchange.registry.formats`)."""
