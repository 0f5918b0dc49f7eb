"""What is about the machine and not about news: memory, quick records, remote paths, interrupts, versions."""
