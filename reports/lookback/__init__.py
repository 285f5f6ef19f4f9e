"""Looking back: figures over the years, where they cannot be compared, and answers through the years."""
