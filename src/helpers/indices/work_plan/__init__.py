"""The year's work plan, its tasks and figures."""
