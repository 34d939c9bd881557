"""Output formats of a check: pure functions from a `CheckReport` to a string.

`as_text`, `as_json`, `as_sarif`, `as_github` and `as_html` each have a `render`; `rule_page` explains a rule.
None of them looks at the clock, the terminal or the environment: width and colour come in as arguments.
"""
