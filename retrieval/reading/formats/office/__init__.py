"""Read Word, PowerPoint, Excel, OpenDocument and EPUB files."""
