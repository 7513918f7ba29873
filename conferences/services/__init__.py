"""What is done with conferences: one verb a function, each in one transaction, each asking the rule first."""
