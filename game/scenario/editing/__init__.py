"""What editors need of a scenario: its schema, what stands where, what may be written here, and how it is mended."""
