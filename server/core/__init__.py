"""What every feature stands on. Core knows no feature and imports none."""
