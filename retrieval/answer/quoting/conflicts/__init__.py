"""Find what documents say otherwise than others: numbers, dates, names, what is allowed."""
