import tempfile
import unittest
from pathlib import Path

import sheets


def rows(n=12):
    return [{"key": f"k{i:02}", "path": f"p{i % 3}", "criterion": f"c{i % 3}", "context": "… [[x]] …"} for i in range(n)]


class Contexts(unittest.TestCase):
    def test_the_hit_is_marked_on_one_line(self):
        self.assertEqual(sheets.context_of("a\nb", "war", ", c", None), "… a b [[war]] , c …")

    def test_a_title_is_followed_by_how_the_text_begins(self):
        self.assertEqual(sheets.context_of("No", "truce", "", "Voice", "Voice says"), "… No [[truce]] // [outlet] says …")

    def test_the_outlet_is_hidden_but_not_in_the_hit(self):
        for outlet, text, left in (
            ("BBC News", "told the BBC on Monday", "told the [outlet] on Monday"),
            ("The Guardian", "told the Guardian on Monday", "told [outlet] on Monday"),
            ("CNN (Web News)", "told CNN on Monday", "told [outlet] on Monday"),
            ("msnbc.com", "told MSNBC on Monday", "told [outlet] on Monday"),
        ):
            self.assertEqual(sheets.context_of(text, outlet, "", outlet), f"… {left} [[{outlet}]] …")

    def test_a_short_name_is_not_hidden_inside_a_word(self):
        self.assertIn("Voxel", sheets.context_of("Voxel", "x", "", "Vox"))


class Orders(unittest.TestCase):
    def test_each_turn_has_its_own_order_of_the_same_rows(self):
        first, second = sheets.shuffled(rows(), "1", 1), sheets.shuffled(rows(), "1", 2)
        self.assertNotEqual(first, second)
        self.assertCountEqual([r["key"] for r in first], [r["key"] for r in second])

    def test_paths_stay_together_unless_mixed(self):
        def changes(order):
            return sum(a["path"] != b["path"] for a, b in zip(order, order[1:], strict=False))

        self.assertEqual(changes(sheets.shuffled(rows(), "1", 1)), 2)
        self.assertGreater(changes(sheets.shuffled(rows(), "1", 1, mixed=True)), 2)

    def test_the_order_of_what_comes_in_does_not_matter(self):
        self.assertEqual(sheets.shuffled(rows(), "1", 1), sheets.shuffled(rows()[::-1], "1", 1))


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name, "sheet.csv")

    def filled(self, text):
        self.file.write_text("key,verdict,why\n" + text, encoding="utf-8")
        return self.file

    def test_the_criterion_is_written_once_a_path(self):
        sheets.write(self.file, sheets.shuffled(rows(), "1", 1))
        text = self.file.read_text(encoding="utf-8")
        self.assertEqual([text.count(f",c{i},") for i in range(3)], [1, 1, 1])

    def test_a_filled_sheet(self):
        got = sheets.read(self.filled('a, Right ,\nb,wrong,"price  war"\n'), {"a", "b"})
        self.assertEqual(got, {"a": ("right", ""), "b": ("wrong", "price war")})

    def test_a_sheet_joined_from_pieces(self):
        got = sheets.read(self.filled("a,right,\nkey,verdict,why\nb,wrong,\n"), {"a", "b"})
        self.assertEqual([verdict for verdict, _ in got.values()], ["right", "wrong"])

    def test_what_cannot_be_counted_is_said(self):
        for text, said in (
            ("a,maybe,\n", "row 2 (a): verdict 'maybe'"),
            ("a,,\n", "verdict 'missing'"),
            ("a,right,\na,right,\n", "a stands twice"),
            ("b,right,\na,right,\n", "b is not of this sample"),
            (f"a,right,{'x' * 101}\n", "over 100 characters"),
            ("", "needs the columns"),
        ):
            with self.assertRaises(sheets.SheetError) as caught:
                sheets.read(self.filled(text), {"a"})
            self.assertIn(said, str(caught.exception))

    def test_a_missing_hit_is_said(self):
        with self.assertRaises(sheets.SheetError) as caught:
            sheets.read(self.filled("a,right,\n"), {"a", "b"})
        self.assertIn("b is in no row", str(caught.exception))
