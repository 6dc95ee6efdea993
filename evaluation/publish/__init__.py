"""Pages made from facts. ``docs/`` holds words; whatever can be computed is written here when the site is built.

Nothing here knows the generator of the site but ``hooks.py``, so that moving to another one is cheap.
"""
