"""From a corpus of annotated reports to models; the only place that may import scikit-learn."""
