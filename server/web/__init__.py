"""The screens (TypeScript): console, door, sign-in, and what all surfaces share in common/."""
