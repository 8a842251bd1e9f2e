"""Read Word, PowerPoint, Excel, Open Document and EPUB files."""
