"""Text tools without knowledge of documents: spans, lines, widths, numerals, folding, term matching."""
