"""`python -m docnlp`."""

from docnlp.cli import main

if __name__ == "__main__":
    main()
