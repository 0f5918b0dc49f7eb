"""Parts of the place stage: its word tables, the scan for names, heads and relations, judging and choosing."""
