"""What schemas/ and the tables promise: columns, event types, rules, the codebook and the lint."""
