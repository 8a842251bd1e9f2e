"""Cells that span columns and rows, written out into every row that they stand in."""


def spanned(rows: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """The rows with the words of a merged cell in every row and column that it spans."""
    filled: list[list[str]] = []
    held: dict[int, tuple[str, int]] = {}
    for row in rows:
        words: list[str] = []
        cells = iter(row)
        while True:
            column = len(words)
            if column in held:
                text, left = held.pop(column)
                if left > 1:
                    held[column] = (text, left - 1)
                words.append(text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text, wide, tall = cell
            for offset in range(wide + 1):
                words.append(text if not offset else "")
                if tall:
                    held[column + offset] = (text if not offset else "", tall)
        filled.append(words)
    return filled


def named_columns(rows: list[list[str]]) -> list[str]:
    """The name of every column under one or more rows of headings."""
    width = max(map(len, rows), default=0)
    columns = ([row[at] for row in rows if at < len(row)] for at in range(width))
    return [" ".join(filter(None, dict.fromkeys(names))) for names in columns]
