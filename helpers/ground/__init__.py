"""What the other helpers stand on, and no lesson names: litter, and random numbers by key."""
