"""The grammar of date expressions: tables of calendar words, and readers that build intervals of days from them."""
