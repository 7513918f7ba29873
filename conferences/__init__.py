"""The development conversation of home and preschool: templates, preparation, booking, talk, sealed record."""
