"""A report as data: text, paragraphs, blocks, parts."""
