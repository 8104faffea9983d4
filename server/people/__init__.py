"""Units, persons, accounts, roles and sign-in."""
