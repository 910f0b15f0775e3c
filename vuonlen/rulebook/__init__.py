"""Load a standard, judge a household, trace the verdict, compile the sheet for the batch engines."""
