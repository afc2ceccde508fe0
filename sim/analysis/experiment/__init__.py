"""What a study says: arms compared in worlds under common luck, from the stored tables alone; one question, one file."""
