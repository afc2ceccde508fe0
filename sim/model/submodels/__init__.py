"""What happens in a day, one submodel a file."""
