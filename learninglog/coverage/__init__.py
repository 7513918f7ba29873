"""What we offered the children, seen at a glance. Goals bind the preschool: nothing here is about how anybody does."""
