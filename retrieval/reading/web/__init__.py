"""Fetch pages from the web, by addresses that people give, of servers that may mean harm.

A request goes to no place that was not checked (`url`, `ip_ranges`, `resolve`), takes no more time
and memory than was granted (`http`, `body`), says who is asking (`user_agent`), and asks no more of
a site than it wants to give (`robots`, `rate_limit`). `visitor` puts it all together.
"""
