// How wide text is, where it is cut and where its lines break.
#include <gtest/gtest.h>

#include "core/base/utf8.h"
#include "viz/scene/scene.h"
#include "viz/scene/utf8_text.h"

namespace kv::scene {
namespace {

const FontMetrics metrics = plain_metrics();
float width(std::string_view text) { return metrics.width(text, Font::title); }
// Room for so many narrow characters of Font::title (22 units, 12.1 each).
float room(int narrow) { return 12.1F * static_cast<float>(narrow) + 0.01F; }

TEST(PlainMetrics, CountsNarrowAndWideCharacters) {
  EXPECT_FLOAT_EQ(width(""), 0);
  EXPECT_FLOAT_EQ(width("abc"), 3 * 12.1F);
  EXPECT_FLOAT_EQ(width("\u0416\u0436"), 2 * 12.1F);
  EXPECT_FLOAT_EQ(width("\u4E2D\u6587"), 2 * 22);
  EXPECT_FLOAT_EQ(width("\uD55C"), 22);
  EXPECT_FLOAT_EQ(width("\u201C\u00D7\u2212\u2026"), 4 * 12.1F);
  EXPECT_FLOAT_EQ(width("\xF0\x9F\x98\x80"), 22);
  EXPECT_FLOAT_EQ(metrics.width("ab", Font::tiny), 2 * 0.55F * 14);
}

TEST(PlainMetrics, TakesInvalidBytesOneByOne) {
  EXPECT_FLOAT_EQ(width("a\xFF\x80z"), 4 * 12.1F);
  EXPECT_FLOAT_EQ(width("\xE4\xB8"), 2 * 12.1F);
}

TEST(FitText, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(fit_text(metrics, "memory", Font::title, room(6)), "memory");
  EXPECT_EQ(fit_text(metrics, "memory", Font::title, room(5)), "memo\u2026");
  EXPECT_EQ(fit_text(metrics, "memory", Font::title, room(1)), "\u2026");
  EXPECT_EQ(fit_text(metrics, "memory", Font::title, 3), "");
  EXPECT_EQ(fit_text(metrics, "a cat", Font::title, room(3)), "a\u2026");
  EXPECT_EQ(fit_text(metrics, "\u4E2D\u6587\u5B57", Font::title, 22 + 12.2F), "\u4E2D\u2026");
}

TEST(FitText, NeverExceedsTheRoomNorBreaksACharacter) {
  const std::string text = "кэш \u4E2D\u6587 \uD55C\uAD6D\uC5B4 and \xF0\x9F\x98\x80 more";
  for (float space = 0; space < 400; space += 3.7F) {
    const std::string cut = fit_text(metrics, text, Font::small, space);
    EXPECT_LE(metrics.width(cut, Font::small), space);
    EXPECT_EQ(core::find_invalid_utf8(cut), std::string_view::npos);
  }
}

std::vector<std::string> wrap(const std::string& text, int narrow) {
  return wrap_text(metrics, text, Font::title, room(narrow));
}
using Lines = std::vector<std::string>;

TEST(WrapText, BreaksAtSpaces) {
  EXPECT_EQ(wrap("one two three", 20), (Lines{"one two three"}));
  EXPECT_EQ(wrap("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("one two three", 5), (Lines{"one", "two", "three"}));
  EXPECT_EQ(wrap("one  two", 5), (Lines{"one", "two"}));
  EXPECT_EQ(wrap("", 5), Lines{});
}

TEST(WrapText, BreaksWordsThatAreLongerThanALine) {
  EXPECT_EQ(wrap("abcdefgh ij", 3), (Lines{"abc", "def", "gh", "ij"}));
  EXPECT_EQ(wrap("xy abcdef", 3), (Lines{"xy", "abc", "def"}));
  EXPECT_EQ(wrap("ab", 0), (Lines{"a", "b"}));
}

TEST(WrapText, EndsLinesAtLineFeeds) {
  EXPECT_EQ(wrap("one\ntwo three", 20), (Lines{"one", "two three"}));
}

TEST(WrapText, BreaksChineseAnywhereButNotBeforeClosingMarks) {
  const auto lines = wrap_text(metrics, "\u952E\u548C\u503C\uFF0C\u5168\u90E8", Font::title, 67);
  EXPECT_EQ(lines, (Lines{"\u952E\u548C", "\u503C\uFF0C\u5168", "\u90E8"}));
  EXPECT_TRUE(may_break("\u952E", "\u503C"));
  EXPECT_FALSE(may_break("\u952E", "\u3002"));
  EXPECT_FALSE(may_break("\u201C", "\u952E"));
}

TEST(WrapText, BreaksKoreanAtSpaces) {
  EXPECT_FALSE(may_break("\uD0A4", "\uAC12"));
  const auto lines = wrap_text(metrics, "\uCFFC\uB9AC \uD0A4 \uAC12", Font::title, 67);
  EXPECT_EQ(lines, (Lines{"\uCFFC\uB9AC", "\uD0A4 \uAC12"}));
}

TEST(WrapText, KeepsEveryCharacterAndEveryLineWithinTheRoom) {
  const std::string text = "\u201Ccat\u201D: q\u00B7k / \u221A8 = 0.123, \u952E\u503C \uD0A4 кэш";
  std::string bare;
  for (const char c : text)
    if (c != ' ') bare += c;
  for (int narrow = 2; narrow < 60; ++narrow) {
    std::string again;
    for (const std::string& line : wrap(text, narrow)) {
      EXPECT_LE(width(line), room(narrow)) << line;
      for (const char c : line)
        if (c != ' ') again += c;
    }
    EXPECT_EQ(again, bare);
  }
}

}  // namespace
}  // namespace kv::scene
