"""What the others stand on, and no lesson names.

Litter, random numbers by key, late imports, processors, what a widget shows.
"""
