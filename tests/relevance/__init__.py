"""How well search finds what somebody means; see README.md here."""
