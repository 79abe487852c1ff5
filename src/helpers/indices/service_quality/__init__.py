"""The set of indicators on serving people and businesses of decision 766/QĐ-TTg."""
