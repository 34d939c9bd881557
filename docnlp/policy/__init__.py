"""What was right to write on which day: dated terms, congresses, plans, and the formulas of any date."""
