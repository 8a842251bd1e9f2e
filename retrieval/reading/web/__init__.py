"""Pages from the web: fetched by addresses that people give, of servers that may mean harm.

A request goes to no place that was not checked (`places`, `addresses`, `resolving`), takes no more
time and memory than was granted (`deadline`, `unpacking`), and asks no more of a site than it wants
to give (`robots`, `pace`). `visitor` puts it all together.
"""
