"""What trees of scores have in common: delivered scores, published results, their text."""
