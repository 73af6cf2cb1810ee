"""A second implementation of the whole way from figures to numbers, and both asked the same.

The plain one, in `plain`, is written from docs/mathematics.md and docs/half-years.md with
dictionaries, loops and fractions. It tries every table there is and takes nothing from the program.
"""
