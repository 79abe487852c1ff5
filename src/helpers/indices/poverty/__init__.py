"""The yearly review of poor and near-poor households."""
