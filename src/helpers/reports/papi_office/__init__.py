"""What an office did under each of PAPI's contents."""
