"""Forms that several formats share: text and encodings, XML, JSON, CSV, values and names of objects."""
