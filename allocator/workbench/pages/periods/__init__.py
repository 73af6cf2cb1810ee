"""Half-years: how far they are, and another number for one."""
