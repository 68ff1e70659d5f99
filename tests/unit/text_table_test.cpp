#include "app/shell/text_table.h"

#include <gtest/gtest.h>

#include <string>

namespace kv::app {
namespace {

TEST(TextTable, AlignsColumns) {
  TextTable table{.columns = {{.title = "token"}, {.title = "flops", .align = Align::right}}};
  table.rows = {{"the", "7"}, {"a longer one", "1,234,567"}};
  EXPECT_EQ(to_text(table),
            "token             flops\n"
            "-----------------------\n"
            "the                   7\n"
            "a longer one  1,234,567\n");
}

TEST(TextTable, SetsGroupsSideBySide) {
  TextTable table{.columns = {{.title = "step", .align = Align::right},
                              {.title = "token"},
                              {"this step", Align::right, "WITHOUT CACHE"},
                              {"total", Align::right, "WITHOUT CACHE"},
                              {"this step", Align::right, "WITH CACHE"},
                              {"total", Align::right, "WITH CACHE"}}};
  table.rows = {{"0", "the", "47.6 M", "47.6 M", "1.92 M", "1.92 M"},
                {"1", "cat", "51.0 M", "98.6 M", "1.94 M", "3.86 M"}};
  EXPECT_EQ(to_text(table),
            "            |   WITHOUT CACHE   |    WITH CACHE\n"
            "step  token | this step   total | this step   total\n"
            "------------+-------------------+------------------\n"
            "   0  the   |    47.6 M  47.6 M |    1.92 M  1.92 M\n"
            "   1  cat   |    51.0 M  98.6 M |    1.94 M  3.86 M\n");
}

TEST(TextTable, MakesRoomForAGroupsName) {
  TextTable table{.columns = {{.title = "a"}, {"x", Align::right, "A LONG NAME"}, {.title = "b"}}};
  table.rows = {{"1", "2", "3"}};
  EXPECT_EQ(to_text(table),
            "  | A LONG NAME |\n"
            "a |           x | b\n"
            "--+-------------+--\n"
            "1 |           2 | 3\n");
}

TEST(TextTable, DrawsRulesAndFillsShortRows) {
  TextTable table{.columns = {{.title = "a"}, {.title = "b"}}};
  table.rows = {{"1", "2"}, {}, {"3"}};
  EXPECT_EQ(to_text(table), "a  b\n----\n1  2\n----\n3\n");
}

TEST(TextTable, MeasuresInTerminalCells) {
  TextTable table{.columns = {{.title = "token"}, {.title = "n", .align = Align::right}}};
  table.rows = {{"缓存", "1"}, {"캐시", "2"}, {"e\u0301te\u0301", "3"}, {"\U0001F600", "4"}};
  EXPECT_EQ(to_text(table),
            "token  n\n"
            "--------\n"
            "缓存   1\n"
            "캐시   2\n"
            "e\u0301te\u0301    3\n"
            "\U0001F600     4\n");
}

TEST(TextTable, CutsLongCells) {
  TextTable table{.columns = {{.title = "t", .limit = 5}, {.title = "n"}}};
  table.rows = {{"abcdefgh", "1"}, {"abcde", "2"}};
  EXPECT_EQ(to_text(table), "t      n\n--------\nabcd…  1\nabcde  2\n");
}

TEST(TextTable, StaysATableWhateverATokenHolds) {
  TextTable table{.columns = {{.title = "token"}}};
  table.rows = {{"a\nb"}, {"\x1B[2J"}, {"\xFF"}};
  EXPECT_EQ(to_text(table), "token\n-------\na\\nb\n\\x1b[2J\n\uFFFD\n");
}

TEST(CellWidth, CountsWideAndCombining) {
  EXPECT_EQ(cell_width(""), 0U);
  EXPECT_EQ(cell_width("abc"), 3U);
  EXPECT_EQ(cell_width("ключ"), 4U);
  EXPECT_EQ(cell_width("Ａ"), 2U);
  EXPECT_EQ(cell_width("한"), 2U);
  EXPECT_EQ(cell_width("a\u0308"), 1U);
  EXPECT_EQ(cell_width("\t"), 2U);
}

TEST(PrintableText, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(printable_text("\r\n\t"), "\\r\\n\\t");
  EXPECT_EQ(printable_text(std::string("\0\x7F", 2)), "\\x00\\x7f");
  EXPECT_EQ(printable_text("\u009B1m"), "\\x9b1m");
  EXPECT_EQ(printable_text("\u202Eabc"), "\\u202eabc");
  EXPECT_EQ(printable_text("缓存 é"), "缓存 é");
}

TEST(CutText, NeverExceedsNorSplitsACharacter) {
  const std::string text = "a缓存e\u0301한\U0001F600 end";
  for (std::size_t cells = 0; cells <= 20; ++cells) {
    const std::string cut = cut_text(text, cells);
    EXPECT_LE(cell_width(cut), cells) << cut;
    EXPECT_EQ(printable_text(cut), cut);
    EXPECT_EQ(cut == text, cells >= cell_width(text));
  }
  EXPECT_EQ(cut_text("缓存缓存", 4), "缓…");
  EXPECT_EQ(cut_text("abc", 1), "…");
}

}  // namespace
}  // namespace kv::app
