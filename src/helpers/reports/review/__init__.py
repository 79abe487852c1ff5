"""The review slip: what an office must look at before its annual report is signed."""
