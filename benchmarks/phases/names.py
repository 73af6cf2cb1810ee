"""The phases on the way from files to a written table, in their order."""

from __future__ import annotations

READ, WEIGHTS, QUOTAS, SHARES = "read", "weights", "quotas", "fair shares"
WHOLE, CERTIFICATE, WRITE = "whole numbers", "certificate", "write"
PHASES = (READ, WEIGHTS, QUOTAS, SHARES, WHOLE, CERTIFICATE, WRITE)
