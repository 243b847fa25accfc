"""How the encoder that ships was made; README.md beside this file says how to make it again."""
