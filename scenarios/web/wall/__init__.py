"""The class wall: students join by a code from their phones, each runs one group, the teacher rings the bell."""
