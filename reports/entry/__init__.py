"""What the administrations enter: a submission's parts as forms, saved so that no text is lost."""
