"""What a change of the description means for a client: read, compare, judge, report."""
