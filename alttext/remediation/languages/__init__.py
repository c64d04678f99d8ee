"""How each language makes one sentence of terms: a module each, with one signature, and what they share."""
