"""Suppression (temporary)."""
def drop_suppressed(findings, state): return findings
