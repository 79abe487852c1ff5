"""What the scores say: standing, change, regions, and what a report needs of each index."""
