"""The sections of the customer report, each made from the report's data and nothing else."""
