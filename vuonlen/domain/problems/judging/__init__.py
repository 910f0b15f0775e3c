"""Problems of standards, scorecards and the official tables."""
