"""One reader per file format; a reader is fed bytes in any pieces and fills a store."""
