"""The input: files found, records read in many formats, what is unusable told apart."""
