"""Inside of the actor stage: inflection of table words, compiled tables, the reader and the table lint."""
