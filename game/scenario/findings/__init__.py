"""What the checker has to say: findings, their codes, and how they are suppressed."""
