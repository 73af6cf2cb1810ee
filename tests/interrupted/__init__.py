"""Writing that is interrupted: what stood there stays, or what was asked for stands there."""
