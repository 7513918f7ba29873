"""Measures the product beside a plain floor, on PostgreSQL, in one run: ratios, never bare seconds."""
