// Lessons' Markdown as text that can be laid out.
#include "app/logic/lesson/markdown.h"

#include <gtest/gtest.h>

#include <random>

#include "viz/scene/formula.h"

namespace kv::test {
namespace {

using app::escape_markdown;
using app::parse_markdown;
using scene::Block;
using scene::RichText;
using scene::Span;
using Names = std::vector<std::string>;

Block block(std::vector<Span> spans, Block::Kind kind = Block::Kind::paragraph) {
  return {kind, std::move(spans)};
}
Block words(const std::string& text) { return block({{.text = text}}); }

TEST(Markdown, ParagraphsAreBlocks) {
  EXPECT_EQ(parse_markdown("one two\n\nthree"), (RichText{words("one two"), words("three")}));
  EXPECT_EQ(parse_markdown(""), RichText{});
  EXPECT_EQ(parse_markdown(" \n\n \n"), RichText{});
  EXPECT_EQ(parse_markdown("    indented is no code"), RichText{words("indented is no code")});
}

TEST(Markdown, StrongAndEmphasisLookAlike) {
  EXPECT_EQ(parse_markdown("a **strong** and *soft* b"),
            RichText{block({{.text = "a "},
                            {.text = "strong", .strong = true},
                            {.text = " and "},
                            {.text = "soft", .strong = true},
                            {.text = " b"}})});
  EXPECT_EQ(parse_markdown("**all *of* it**"),
            RichText{block({{.text = "all of it", .strong = true}})});
  EXPECT_EQ(parse_markdown("2 * 3 * 4, key_cell_size"),
            RichText{words("2 * 3 * 4, key_cell_size")});
}

TEST(Markdown, CodeKeepsItsMarks) {
  EXPECT_EQ(
      parse_markdown("set `past_key_values[*]` there"),
      RichText{block(
          {{.text = "set "}, {.text = "past_key_values[*]", .code = true}, {.text = " there"}})});
  const RichText fenced =
      parse_markdown("before\n\n```python\nk = cat(k, new)\n\n  v = *v*\n```\nafter");
  EXPECT_EQ(
      fenced,
      (RichText{words("before"),
                block({{.text = "k = cat(k, new)\n\n  v = *v*", .code = true}}, Block::Kind::code),
                words("after")}));
}

TEST(Markdown, ListsAreItems) {
  const RichText text =
      parse_markdown("Two things:\n\n- first **one**\n- second\n  goes on\n\nEnd.");
  ASSERT_EQ(text.size(), 4U);
  EXPECT_EQ(text[1],
            block({{.text = "first "}, {.text = "one", .strong = true}}, Block::Kind::item));
  EXPECT_EQ(text[2], block({{.text = "second goes on"}}, Block::Kind::item));
  EXPECT_EQ(text[3], words("End."));
  // Items with empty lines between them are items all the same.
  const RichText loose = parse_markdown("- first\n\n- second\n");
  ASSERT_EQ(loose.size(), 2U);
  for (const Block& item : loose) EXPECT_EQ(item.kind, Block::Kind::item);
}

TEST(Markdown, LinksKeepWhereTheyLead) {
  const RichText text =
      parse_markdown("a [new **key**](part:k.new@with), a [lesson](lesson:with-cache)");
  EXPECT_EQ(text, RichText{block({{.text = "a "},
                                  {.text = "new ", .link = "part:k.new@with"},
                                  {.text = "key", .strong = true, .link = "part:k.new@with"},
                                  {.text = ", a "},
                                  {.text = "lesson", .link = "lesson:with-cache"}})});
  EXPECT_EQ(parse_markdown("[13.1 GB](part:bytes)[,](part:q)"),
            RichText{block(
                {{.text = "13.1 GB", .link = "part:bytes"}, {.text = ",", .link = "part:q"}})});
}

TEST(Markdown, FormulasKeepBackslashesAndUnderscores) {
  EXPECT_EQ(parse_markdown(R"(so $x_1^2 \le \frac{a*b}{c}$ holds)"),
            RichText{block({{.text = "so "},
                            {.text = R"(x_1^2 \le \frac{a*b}{c})", .formula = true},
                            {.text = " holds"}})});
  const RichText text =
      parse_markdown("Before:\n\n$$ \\text{softmax}(\\frac{q K^T}{\\sqrt{d}}) V $$\n\nAfter.");
  ASSERT_EQ(text.size(), 3U);
  EXPECT_EQ(text[1].kind, Block::Kind::formula);
  ASSERT_EQ(text[1].spans.size(), 1U);
  EXPECT_EQ(text[1].spans[0].text.find("\\text{softmax}(\\frac{q K^T}{\\sqrt{d}}) V"), 1U);
  EXPECT_TRUE(text[1].spans[0].formula);
  EXPECT_EQ(scene::formula_mistake(text[1].spans[0].text), std::nullopt);
  EXPECT_EQ(text[2], words("After."));
}

TEST(Markdown, AMatrixKeepsItsAmpersandsAndRows) {
  const std::string source = R"(\begin{matrix} a & b \\ c & d \end{matrix})";
  const RichText text = parse_markdown("$$" + source + "$$");
  ASSERT_EQ(text.size(), 1U);
  EXPECT_EQ(text[0].kind, Block::Kind::formula);
  EXPECT_EQ(text[0].spans.at(0).text, source);
  const RichText lines = parse_markdown("$$\n\\begin{matrix} a & b \\\\\nc & d \\end{matrix}\n$$");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(scene::formula_line(lines[0].spans.at(0).text), scene::formula_line(source));
}

TEST(Markdown, AFormulaMayStandWithinASentence) {
  const RichText text = parse_markdown("It is $$ a_b $$ and goes on.");
  ASSERT_EQ(text.size(), 3U);
  EXPECT_EQ(scene::plain_text({text[0]}).substr(0, 5), "It is");
  EXPECT_EQ(text[1].kind, Block::Kind::formula);
  EXPECT_EQ(text[2].kind, Block::Kind::paragraph);
  EXPECT_NE(scene::plain_text({text[2]}).find("and goes on."), std::string::npos);
}

// Of every script, without spaces around it.
TEST(Markdown, FormulasMayTouchWords) {
  for (const char* line : {"第$n$行", "вектор $n$, да", "키 $n$은", "($n$)", "“$n$”"}) {
    const RichText text = parse_markdown(line);
    ASSERT_EQ(text.size(), 1U) << line;
    ASSERT_EQ(text[0].spans.size(), 3U) << line;
    EXPECT_TRUE(text[0].spans[1].formula) << line;
    EXPECT_EQ(text[0].spans[1].text, "n") << line;
  }
}

TEST(Markdown, TheEndOfALineIsASpaceButNotBetweenChinese) {
  EXPECT_EQ(parse_markdown("one\ntwo"), RichText{words("one two")});
  EXPECT_EQ(parse_markdown("слово\nещё"), RichText{words("слово ещё")});
  EXPECT_EQ(parse_markdown("새로운\n토큰"), RichText{words("새로운 토큰")});
  EXPECT_EQ(parse_markdown("缓存里\n没有行"), RichText{words("缓存里没有行")});
  EXPECT_EQ(parse_markdown("一句。\n下一句，\n完"), RichText{words("一句。下一句，完")});
  EXPECT_EQ(
      parse_markdown("one **two**\nthree"),
      RichText{block({{.text = "one "}, {.text = "two", .strong = true}, {.text = " three"}})});
}

Names unknown_of(const std::string& text) {
  Names unknown;
  parse_markdown(text, &unknown);
  return unknown;
}

TEST(Markdown, WhatLessonsDoNotUseIsNamedOnce) {
  EXPECT_EQ(unknown_of("1. one\n2. two\n\ntext\n\n3) three"), Names{"a numbered list"});
  EXPECT_EQ(unknown_of("#### deep\n\n##### deeper"), Names{"a heading"});
  EXPECT_EQ(unknown_of("> said"), Names{"a quotation"});
  EXPECT_EQ(unknown_of("a\n\n---\n\nb"), Names{"a rule"});
  EXPECT_EQ(unknown_of("<b>bold</b>"), Names{"a table or HTML"});
  EXPECT_EQ(unknown_of("<div>\nblock\n</div>"), Names{"a table or HTML"});
  EXPECT_EQ(unknown_of("![cat](cat.png)"), Names{"an image or another mark"});
  EXPECT_EQ(unknown_of("a &nbsp; b"), Names{"a character written as &name;"});
  EXPECT_EQ(unknown_of("a **b** `c` $d$ [e](part:k)\n\n- f\n\n```\ng\n```"), Names{});
}

TEST(Markdown, WhatIsLeftOutLeavesTheRest) {
  EXPECT_EQ(parse_markdown("a ![cat](cat.png) b"), RichText{words("a  b")});
  EXPECT_EQ(parse_markdown("<div>\nblock\n</div>\n\nafter"), RichText{words("after")});
  EXPECT_EQ(parse_markdown("1. one\n2. two"),
            (RichText{block({{.text = "one"}}, Block::Kind::item),
                      block({{.text = "two"}}, Block::Kind::item)}));
}

// Put between quotation marks, as lessons put tokens.
std::string through(const std::string& text) {
  const RichText parsed = parse_markdown("“" + escape_markdown(text) + "”");
  EXPECT_EQ(parsed.size(), 1U) << text;
  if (parsed.size() != 1) return "";
  EXPECT_EQ(parsed[0].spans.size(), 1U) << text;
  EXPECT_EQ(parsed[0].spans[0], (Span{.text = parsed[0].spans[0].text})) << text;
  const std::string& all = parsed[0].spans[0].text;
  return all.size() < 6 ? all : all.substr(3, all.size() - 6);
}

TEST(Markdown, EscapedTextIsTakenForItself) {
  for (const char* text :
       {"**",         "*a*",    "_b_",   "`c`", "[d](part:k)", "$e$",   "$$",      "\\",
        "\\frac",     "<b>",    "&amp;", "#",   "# h",         "a_b_c", "![x](y)", "]",
        "http://a.b", "~~no~~", "|",     "1.",  "- x",         "\\*",   "''",      "\""})
    EXPECT_EQ(through(text), text);
  std::mt19937_64 random(5);
  const std::string signs = "\\`*_[]()<>$&#!~|-+.:;'\"{}=^/ aZ9";
  for (int trial = 0; trial < 3000; ++trial) {
    std::string text;
    for (int i = std::uniform_int_distribution(0, 9)(random); i > 0; --i) {
      const char sign =
          signs[std::uniform_int_distribution<std::size_t>(0, signs.size() - 1)(random)];
      if (sign != ' ' || (!text.empty() && text.back() != ' ')) text += sign;  // spaces are one
    }
    EXPECT_EQ(through(text), text);
  }
}

// Alone in its paragraph, where signs at the beginning mean lists, rules and headings.
TEST(Markdown, EscapedTextIsTakenForItselfAtTheBeginningOfALine) {
  for (const char* text : {"#", "# x", "*", "* x", "> x", "`x`", "```", "$x$", "<div>", "[x]", "-x",
                           "- x", "+ x", "-", "---", "1. x", "1) x", "~~~", "==="}) {
    Names unknown;
    EXPECT_TRUE(parse_markdown(escape_markdown(text), &unknown) == RichText{words(text)}) << text;
    EXPECT_EQ(unknown, Names{}) << text;
  }
}

TEST(Markdown, AnyTextIsRead) {
  std::mt19937_64 random(6);
  const std::vector<std::string> pieces = {
      "*",  "_",    "`",  "$",     "$$", "[",     "](part:k)", "\\", "{", "}",
      "\n", "\n\n", "- ", "```\n", "<",  ">",     "&",         "#",  "!", "a",
      " ",  "缓",   "키", "\xFF",  "|",  "---\n", "\\frac{",   "1. "};
  for (int trial = 0; trial < 5000; ++trial) {
    std::string text;
    for (int i = std::uniform_int_distribution(0, 14)(random); i > 0; --i)
      text += pieces[std::uniform_int_distribution<std::size_t>(0, pieces.size() - 1)(random)];
    for (const Block& one : parse_markdown(text)) {
      EXPECT_FALSE(one.spans.empty()) << text;
      if (one.kind == Block::Kind::code) {
        EXPECT_EQ(one.spans.size(), 1U) << text;
      }
      if (one.kind == Block::Kind::formula) {
        EXPECT_EQ(one.spans.size(), 1U) << text;
      }
    }
  }
}

}  // namespace
}  // namespace kv::test
