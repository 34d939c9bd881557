"""How fast docnlp is, measured beside its peers in one run: machines differ, ratios less so."""
