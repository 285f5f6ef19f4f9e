"""What each kind of document says, and in which order. Given figures and words, gives a Document.

No queries and no sums: a module here that needs a sum has found a hole in the roll-up.
"""
