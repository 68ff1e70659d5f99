// How a formula's source is read, what is said about mistakes in one, and what a narrow room does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scene/formula_parts.h"

namespace kv::test::formula {
namespace {

using testing::HasSubstr;

TEST(FormulaSource, KeepsNumbersAndTheirUnitsTogether) {
  text_of(lay("1,234,567 + 0.5"), "1,234,567");
  text_of(lay("1,234,567 + 0.5"), "0.5");
  text_of(lay("= 13.1 GB"), "13.1 GB");
  text_of(lay("1.9e-06"), "1.9e\u221206");
  text_of(lay("f(1, 2)"), ",");
  text_of(lay("512 B"), "512 B");
  text_of(lay("2B"), "B");
  text_of(lay("10^12"), "2");  // a script takes one digit, as in TeX
  EXPECT_LT(size_of(text_of(lay("10^12"), "1")), 18);
  text_of(lay(R"(\text{kv heads})"), "kv heads");
  EXPECT_EQ(text_of(lay(R"(\mathbf{x})"), "x").font, Font::body_bold);
}

TEST(FormulaSource, NamesMistakesAndTheirPlace) {
  const auto expect_mistake = [](const char* source, const char* words) {
    const auto mistake = formula_mistake(source);
    ASSERT_TRUE(mistake) << source;
    EXPECT_EQ(*mistake, words) << source;
  };
  expect_mistake(R"(a + \foo)", R"(unknown command \foo at character 5)");
  expect_mistake(R"(б \foo)", R"(unknown command \foo at character 3)");
  expect_mistake(R"(\frac{a}{b)", R"({ without } at character 9)");
  expect_mistake(R"(\frac{a})", R"(nothing for \frac at character 1)");
  expect_mistake("a}", "} without { at character 2");
  expect_mistake("x^", "nothing for ^ at character 2");
  expect_mistake("x_a_b", "a second _ at character 4");
  expect_mistake("a & b", "& outside of a matrix at character 3");
  expect_mistake(R"(a \\ b)", R"(\\ outside of a matrix at character 3)");
  expect_mistake(R"(\left( a)", R"(\left without \right at character 1)");
  expect_mistake(R"(a \right))", R"(\right without \left at character 3)");
  expect_mistake(R"(\left a \right))", R"(\left without a bracket at character 1)");
  expect_mistake(R"(\text a)", R"(\text without {...} at character 1)");
  expect_mistake(R"(\begin{matrix} a)", R"(\begin{matrix} without \end at character 1)");
  expect_mistake(R"(\begin{tikz} a \end{tikz})", R"(unknown \begin{tikz} at character 1)");
  expect_mistake(R"(\begin{matrix} a \end{cases})",
                 R"(\end does not close \begin{matrix} at character 18)");
  expect_mistake(R"(\sqrt[3 a)", "[ without ] at character 6");
  expect_mistake("\\", R"(unknown command \ at character 1)");
  EXPECT_THAT(*formula_mistake(std::string(10000, '{')), HasSubstr("too many braces"));
  std::string powers;
  for (int i = 0; i < 5000; ++i) powers += "\\sqrt";
  EXPECT_THAT(*formula_mistake(powers), HasSubstr("too many braces"));
}

// A table is filled up to its widest row: a short source could ask for millions of cells.
TEST(FormulaSource, LimitsTheCellsOfTables) {
  const auto table = [](int columns, int rows) {
    std::string source = "\\begin{matrix}" + std::string(static_cast<std::size_t>(columns - 1), '&');
    for (int i = 1; i < rows; ++i) source += "\\\\ a";
    return source + "\\end{matrix}";
  };
  EXPECT_FALSE(formula_mistake(table(20, 20)));
  EXPECT_EQ(*formula_mistake("x + " + table(20, 21)), "too many cells in tables at character 5");
  EXPECT_FALSE(formula_mistake(table(20, 10) + table(10, 20)));
  EXPECT_TRUE(formula_mistake(table(20, 10) + table(10, 20) + table(1, 1)));
}

TEST(FormulaSource, ShowsASourceWithMistakesAsItIs) {
  const FormulaLayout layout = lay(R"(\foo{x})");
  ASSERT_EQ(layout.items.size(), 1U);
  EXPECT_EQ(text_of(layout, R"(\foo{x})").at, (Vec2{0, -layout.ascent}));
  EXPECT_EQ(formula_line(R"(\foo{x})"), R"(\foo{x})");
}

TEST(FormulaSource, TakesWhatIsEmpty) {
  EXPECT_FALSE(formula_mistake(""));
  EXPECT_FALSE(formula_mistake("{}^T"));
  EXPECT_FALSE(formula_mistake(R"(\frac{}{})"));
  EXPECT_FLOAT_EQ(lay("").width, 0);
  EXPECT_FLOAT_EQ(lay("").height(), 18);
}

TEST(FormulaSource, ShrinksIntoItsRoomAndThenBreaks) {
  const char* source = R"(\text{bytes} = 2 \cdot \text{layers} \cdot \text{kv heads} \cdot t)";
  const auto within = [&](float room) {
    return lay_out_formula_within(source, Font::title, colors.text, colors, metrics, room);
  };
  const float full = lay(source, Font::title).width, least = lay(source, Font::tiny).width;
  ASSERT_EQ(within(full).size(), 1U);
  EXPECT_FLOAT_EQ(within(full)[0].width, full);
  ASSERT_EQ(within(full - 1).size(), 1U);
  EXPECT_EQ(texts(within(full - 1)[0])[0].font, Font::body);
  EXPECT_EQ(texts(within(least)[0])[0].font, Font::tiny);
  const auto lines = within(least * 0.6F);
  ASSERT_EQ(lines.size(), 2U);
  for (const FormulaLayout& line : lines) EXPECT_LE(line.width, least * 0.6F);
  EXPECT_EQ(texts(lines[1])[0].text, "\u00B7");
  EXPECT_EQ(within(1).size(), 5U);
}

TEST(FormulaSource, TellsItselfInALineOfText) {
  EXPECT_EQ(formula_line(R"(\sum_{i=1}^n \k{\theta}_i \le \sqrt{2})"),
            "\u2211_(i=1)^n\u03B8_i\u2264\u221A2");
  EXPECT_EQ(formula_line(R"(\frac{n(n+1)}{2})"), "(n(n+1))/2");
  EXPECT_EQ(formula_line(R"(\ln\frac{C(n)}{C(n-1)} + t^2 - d^{10} + 2^{t+1})"),
            "ln(C(n))/(C(n\u22121))+t\u00B2\u2212d^10+2^(t+1)");
  EXPECT_EQ(formula_line(R"(\sqrt{a+b})"), "\u221A(a+b)");
}

}  // namespace
}  // namespace kv::test::formula
