"""Reads a workbook with openpyxl and prints its sheets as JSON: each cell as its Python type and value."""

import json
import sys

import openpyxl


def cell(found):
    value = found.value
    return [type(value).__name__, value.isoformat() if hasattr(value, "isoformat") else value]


book = openpyxl.load_workbook(sys.argv[1])
print(
    json.dumps(
        [
            {
                "name": sheet.title,
                "frozen": sheet.freeze_panes,
                "filter": sheet.auto_filter.ref,
                "bold": all(found.font.bold for found in sheet[1]),
                "widths": [sheet.column_dimensions[found.column_letter].width for found in sheet[1]],
                "rows": [[cell(found) for found in row] for row in sheet.iter_rows()],
            }
            for sheet in book.worksheets
        ]
    )
)
