"""To publish a year: what it holds, the files, the attempt, and the correction afterwards."""
