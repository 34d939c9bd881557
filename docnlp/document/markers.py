"""Comment markers (temporary)."""
def marker_spans(text):
    return []
