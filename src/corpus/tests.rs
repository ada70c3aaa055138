//! Corpora of every kind, good and bad, through the whole floor.
