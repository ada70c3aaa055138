"""What pandas and LibreOffice read from framescope's files must be what framescope wrote."""

import csv
import math
import pathlib
import sys

import openpyxl
import openpyxl.utils.cell
import pandas

out = pathlib.Path(sys.argv[1])
passed = failed = 0


def check(what, holds):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {what}")


def rows(path, **options):
    with open(path, newline="", encoding=options.pop("encoding", "utf-8")) as file:
        return list(csv.DictReader(file, **options))


def same_cell(ours, theirs):
    """Equal as text or as a number; a missing cell is missing on both sides."""
    theirs = "" if theirs is None or (isinstance(theirs, float) and math.isnan(theirs)) else theirs
    if str(theirs) == ours:
        return True
    try:
        return math.isclose(float(ours), float(theirs), rel_tol=1e-9)
    except (TypeError, ValueError):
        return False


def same_table(what, ours, theirs):
    check(f"{what}: {len(ours)} rows", len(ours) == len(theirs))
    for number, (row, other) in enumerate(zip(ours, theirs)):
        wrong = [c for c in row if c not in other or not same_cell(row[c], other[c])]
        check(f"{what}: row {number + 1}: {wrong[:3]}", not wrong)


scores = rows(out / "scores.csv")
check("scores.csv has articles", len(scores) >= 24)
codebook = {row["column"] for row in rows(out / "scores.codebook.csv")}
check("every column of scores.csv is in its codebook", set(scores[0]) <= codebook)

for name in ["scores", "long", "hits", "compared"]:
    ours = rows(out / f"{name}.csv")
    frame = pandas.read_csv(out / f"{name}.csv", keep_default_na=False, na_values=[""], dtype={"id": str})
    same_table(f"pandas reads {name}.csv", ours, frame.to_dict("records"))
    office = pandas.read_excel(out / "office" / f"{name}.xlsx", keep_default_na=False, na_values=[""], dtype=object)
    check(f"LibreOffice opens {name}.csv with all columns", list(office.columns) == list(ours[0]))
    check(f"LibreOffice opens {name}.csv with all rows", len(office) == len(ours))

# Numbers arrive as numbers, in pandas and in the sheets of a workbook.
frame = pandas.read_csv(out / "scores.csv")
measures = [c for c in frame.columns if c.startswith("captives_hostage")]
check("measures of captives.hostage are there", len(measures) >= 4)
check("measures are numbers", all(pandas.api.types.is_numeric_dtype(frame[c]) for c in measures))
sheets = pandas.read_excel(out / "scores.xlsx", sheet_name=None)
check("a workbook has a sheet a block", len(sheets) >= 4)
for name, sheet in sheets.items():
    check(f"sheet {name} has a row an article", len(sheet) == len(scores))
    numeric = [c for c in sheet.columns if c in frame.columns and pandas.api.types.is_numeric_dtype(frame[c])]
    for column in numeric:
        same = all(same_cell(str(a), b) for a, b in zip(frame[column].astype(object).fillna(""), sheet[column].astype(object)))
        check(f"sheet {name}, column {column}", same)
written = sorted(path.name for path in (out / "office" / "from_xlsx").glob("scores*.csv"))
check(f"LibreOffice opens every sheet of the workbook: {written}", len(written) == len(sheets))

# A coder's empty columns are in the workbook of hits.
hits = pandas.read_excel(out / "hits.xlsx")
check("the workbook of hits has columns for a coder", {"keep", "path_corrected", "comment"} <= set(hits.columns))

# The workbook of a comparison: its result is the CSV's, numbers are numbers, and LibreOffice opens every sheet.
compared = rows(out / "compared.csv")
sheets = pandas.read_excel(out / "compared.xlsx", sheet_name=None, keep_default_na=False, na_values=[""], dtype=object)
expected = {"result", "shares", "terms", "warnings", "codebook", "run"}
check(f"a comparison has its sheets: {list(sheets)}", expected <= set(sheets))
same_table("sheet result", compared, sheets["result"].to_dict("records"))
numbers = pandas.read_excel(out / "compared.xlsx", sheet_name="result")
for column in ["group_prevalence", "group_rate", "rate_ratio", "p", "p_adjusted"]:
    check(f"sheet result: {column} is a number", pandas.api.types.is_numeric_dtype(numbers[column]))
described = set(sheets["codebook"].iloc[:, 0]) | set(sheets["codebook"].iloc[:, min(1, sheets["codebook"].shape[1] - 1)])
check("every column of result is in the codebook", set(compared[0]) <= described)
written = sorted(path.name for path in (out / "office" / "from_xlsx").glob("compared*.csv"))
check(f"LibreOffice opens every sheet of a comparison: {written}", len(written) == len(sheets))

# What a workbook looks like: header and names in sight, filters on every sheet, numbers shown by their unit, colours.
for name in ["scores", "hits", "compared", "describe", "trend", "keyness"]:
    book = openpyxl.load_workbook(out / f"{name}.xlsx")
    for sheet in book.worksheets:
        what = f"{name}.xlsx, sheet {sheet.title}"
        header = [cell.value for cell in sheet[1]]
        frozen = openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes or "A1")
        check(f"{what}: the header stays in sight", frozen[1] == 2)
        columns = openpyxl.utils.column_index_from_string(frozen[0]) - 1
        widths = [sheet.column_dimensions[openpyxl.utils.get_column_letter(n + 1)].width for n in range(len(header))]
        check(f"{what}: {columns} columns stay in sight", 1 <= columns and (columns == 1 or sum(widths[:columns]) <= 66))
        check(f"{what}: it filters", sheet.max_row == 1 or sheet.auto_filter.ref == sheet.dimensions)
        check(f"{what}: widths", all(8 <= width <= 62 for width in widths))
        for column, title in enumerate(header):
            below = [row[column] for row in sheet.iter_rows(min_row=2)]
            numbers = [cell for cell in below if isinstance(cell.value, (int, float))]
            shown = {cell.number_format for cell in numbers}
            if title == "p" or title.endswith(("_p", "p_adjusted")):
                check(f"{what}: {title} has four digits: {shown}", shown <= {"0.0000"})
            elif any(isinstance(cell.value, float) for cell in numbers) and sheet.title not in ("run", "hits"):
                check(f"{what}: {title} is shown short: {shown}", shown <= {"0.000", "#,##0"})
            elif title.endswith(("_hits", "_words")) or title in ("hits", "words", "articles"):
                check(f"{what}: {title} is a count: {shown}", shown <= {"#,##0"})
book = openpyxl.load_workbook(out / "compared.xlsx")
coloured = {str(cells.sqref).split(":")[0] for cells in book["result"].conditional_formatting}
header = [cell.value for cell in book["result"][1]]
for title in ["risk_difference", "rate_ratio", "cliff_delta"]:
    place = f"{openpyxl.utils.get_column_letter(header.index(title) + 1)}2"
    check(f"sheet result: {title} is coloured", place in coloured)
run = {row[0].value: row[1].value for row in book["run"].iter_rows(min_row=2)}
for key in ["present_min", "level", "permutations", "seed", "articles", "words"]:
    check(f"sheet run: {key} is a number", isinstance(run[key], (int, float)))
check("names of a pair stay in sight", book["result"].freeze_panes > "C2")

# The semicolon form: BOM, CRLF, decimal comma.
raw = (out / "semicolon.csv").read_bytes()
check("--excel=semicolon has a mark", raw.startswith(b"\xef\xbb\xbf"))
check("--excel=semicolon has CRLF", b"\r\n" in raw and b"\n" not in raw.replace(b"\r\n", b""))
european = pandas.read_csv(out / "semicolon.csv", sep=";", decimal=",", encoding="utf-8-sig")
for column in measures:
    same = all(same_cell(str(a), b) for a, b in zip(frame[column].astype(object).fillna(""), european[column].astype(object)))
    check(f"--excel=semicolon reads back: {column}", same)

print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
