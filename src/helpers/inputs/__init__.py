"""Files to checked tables: published scores, official workbooks, and what is wrong in them."""
