"""What readers get of one distribution: on a screen, as csv and json, and explained."""
