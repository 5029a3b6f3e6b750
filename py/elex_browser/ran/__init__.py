"""Names of the radio access network: product codes, parsed once where data enters."""
