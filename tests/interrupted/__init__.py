"""Writing that is interrupted: what stood there before stays, or what was asked for stands there."""
