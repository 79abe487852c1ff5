"""PAPI, the index of provincial governance and public administration as citizens experience it."""
