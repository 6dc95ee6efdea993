"""Findings: a neutral model of an API, adapters that fill it, and checks that anyone can run again."""
