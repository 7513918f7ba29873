"""When a child has left every unit: until which day its guardians read, and that they know it long before."""
