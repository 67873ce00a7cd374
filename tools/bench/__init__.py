"""The performance goals of the portal, measured: `make bench`.

A run starts a PostgreSQL server, loads `create_synthetic` into two databases (all customers, and a tenth of them),
serves the portal as docs/production.md says, signs people in through the form, and times their pages over HTTP.

- `goals` has the goals and the verdicts, `ratios` the statistics, `interleave` the shuffled rounds.
- `cluster`, `servers`, `site`: PostgreSQL, gunicorn, and an installation with data and people; `gathering`: its static
  files.
- `terms` draws what is searched for; `honesty` holds every search to the row its term was drawn from.
- `statements` reads off a page the SQL that it sends. `beside` and `peers` are served by other processes than the
  portal, whose own settings stay what they are on a server.
- `measures` has one module for each group of goals; each yields results.
"""
