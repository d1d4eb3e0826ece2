"""While the rules are ported: each kernel against the rule it replaces, on every moment of the oracle's games."""
