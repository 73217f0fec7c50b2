"""What the others stand on, and no lesson names: litter, random numbers by key, late imports."""
