"""CASE 1.1 of 1EdTech: curricula as packages that other systems write and read."""
