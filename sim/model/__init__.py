"""The model, in the words of ODD: entities, membership, population, schedule, initialization, parameters."""
