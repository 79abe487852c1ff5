"""An independent reader of the finished pages.

It imports nothing of the project: it reads the HTML that a person reads and the files of ``data/`` and
``params/``, recomputes what the page says, and tells what does not agree. See ``report`` for what
counts as read.
"""
