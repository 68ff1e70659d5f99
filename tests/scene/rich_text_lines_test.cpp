// How a lesson's text is broken into lines, in every language and at every width.
#include <gtest/gtest.h>

#include "tests/scene/rich_text_parts.h"
#include "viz/scene/utf8_text.h"

namespace kv::test::rich_text {
namespace {

const char* const russian =
    "Каждый шаг добавляет одну строку, а всё предыдущее уже вычислено; кэш хранит то, что иначе "
    "пришлось бы вычислять заново";
const char* const chinese =
    "每一步只增加一行，之前的一切都已经算过；缓存保存了本来要重新计算的内容（键和值），查询则不必保"
    "留。"
    "“为什么？”因为旧的查询再也用不到了！";
const char* const korean =
    "단계마다 새 행이 하나 더해지고, 그 앞의 모든 것은 이미 계산되어 있다. 캐시는 다시 계산해야 할 "
    "것을 "
    "보관한다.";

RichText sample(const char* language) {
  return {
      words({{.text = language},
             {.text = " "},
             {.text = language, .strong = true},
             {.text = "，", .strong = false},
             {.text = "key", .link = "part:k.new@with"},
             {.text = "、"},
             {.text = R"(\frac{n(n+1)}{2})", .formula = true},
             {.text = "。 "},
             {.text = "past_key_values", .code = true},
             {.text = ") "},
             {.text = language, .link = "lesson:with-cache"}}),
      words({{.text = language}}, Block::Kind::item),
      words({{.text = "use_cache", .code = true}, {.text = language}}, Block::Kind::item),
      display(R"(\text{softmax}\left(\frac{\q{Q}\k{K}^T}{\sqrt{d}}\right)\v{V} = \sum_{i} a_i)"),
      words({{.text = "for t in range(n):\n    keys.append(project(token[t], weights))\n\nreturn"}},
            Block::Kind::code)};
}

Rect bounds_of(const Drawn& drawn, const Primitive& item) {
  if (const auto* text = std::get_if<Text>(&item)) return drawn.rect(*text);
  if (const auto* box = std::get_if<Box>(&item)) return box->rect;
  const auto& points = std::get<Path>(item).points;
  const auto [left, right] = std::ranges::minmax(points, {}, &Vec2::x);
  const auto [top, bottom] = std::ranges::minmax(points, {}, &Vec2::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

TEST(RichTextLines, StaysWithinItsAreaAtAnyWidth) {
  for (const char* language : {english, russian, chinese, korean})
    for (const Font font : {Font::small, Font::body, Font::title})
      for (float width = 260; width <= 900; width += 37) {
        const Drawn drawn(sample(language), width, {.font = font});
        EXPECT_EQ(drawn.result.height, drawn.height);
        EXPECT_EQ(drawn.result.links, 2);
        for (const Primitive& item : drawn.looking.scene.items) {
          const Rect r = bounds_of(drawn, item);
          EXPECT_GE(r.x, drawn.area.x - 0.01F) << width;
          EXPECT_LE(r.right(), drawn.area.right() + 0.01F) << width;
          EXPECT_GE(r.y, drawn.area.y - 0.01F) << width;
          EXPECT_LE(r.bottom(), drawn.area.y + drawn.height + 0.01F) << width;
        }
      }
}

TEST(RichTextLines, KeepsItsWordsApartAndInOrder) {
  for (const char* language : {english, russian, chinese, korean})
    for (float width = 260; width <= 900; width += 80) {
      const Drawn drawn(
          {words({{.text = language}, {.text = " x "}, {.text = language, .strong = true}}),
           words({{.text = language}}, Block::Kind::item)},
          width);
      std::vector<Rect> rects;
      for (const Text& text : drawn.all<Text>()) rects.push_back(drawn.rect(text));
      for (std::size_t i = 0; i < rects.size(); ++i)
        for (std::size_t k = i + 1; k < rects.size(); ++k) {
          const float across =
              std::min(rects[i].right(), rects[k].right()) - std::max(rects[i].x, rects[k].x);
          const float down =
              std::min(rects[i].bottom(), rects[k].bottom()) - std::max(rects[i].y, rects[k].y);
          EXPECT_TRUE(across < 0.01F || down < 0.01F) << i << ' ' << k;
        }
      std::string read;
      for (const std::string& line : drawn.lines()) read += line;
      std::string expected = std::string(language) + "x" + language + "\u2022" + language;
      std::erase(read, ' ');
      std::erase(expected, ' ');
      // The bullet is drawn behind its first line.
      for (std::string* text : {&read, &expected}) text->erase(text->find("\u2022"), 3);
      EXPECT_EQ(read, expected);
    }
}

TEST(RichTextLines, NeverBeginsALineWithAClosingMark) {
  int lines = 0;
  for (float width = 60; width <= 400; width += 5) {
    const Drawn drawn({words({{.text = chinese},
                              {.text = "键", .strong = true},
                              {.text = "，和"},
                              {.text = "kv", .code = true},
                              {.text = "。"},
                              {.text = "n", .formula = true},
                              {.text = "！aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa，bbbbbbbbbbbbbb；c"}})},
                      width);
    for (const std::string& line : drawn.lines()) {
      ++lines;
      std::string_view rest = line;
      const std::string first(take_character(rest));
      EXPECT_EQ(std::string("，。：；！？）」”、").find(first), std::string::npos) << line;
      EXPECT_FALSE(line.ends_with("（") || line.ends_with("“")) << line;
    }
  }
  EXPECT_GT(lines, 500);
}

TEST(RichTextLines, LeavesRoomForAMarkBehindAFormula) {
  const RichText text{words({{.text = "aaaa+bbbb", .formula = true}, {.text = "，字"}})};
  for (float width = 80; width <= 160; width += 1.3F) {
    const Drawn drawn(text, width);
    for (const Text& piece : drawn.all<Text>()) {
      EXPECT_FALSE(piece.text.starts_with("，") && piece.at.x < drawn.area.x + 1) << width;
      EXPECT_LE(drawn.rect(piece).right(), drawn.area.right() + 0.01F) << width;
    }
  }
}

TEST(RichTextLines, BreaksKoreanAtSpacesAlone) {
  const Drawn drawn({words({{.text = korean}})}, 300);
  ASSERT_GT(drawn.lines().size(), 3U);
  for (const std::string& line : drawn.lines()) {
    const std::size_t at = std::string(korean).find(line);
    ASSERT_NE(at, std::string::npos) << line;
    EXPECT_TRUE(at == 0 || korean[at - 1] == ' ') << line;
  }
}

TEST(RichTextLines, ShrinksAWideFormulaAndCutsOneThatCannotBeBroken) {
  const char* wide = R"(\frac{aaaaaaaaaaaaaaaaaaaaaaaaa}{b})";
  const auto font_in = [&](float width) {
    return Drawn({display(wide)}, width, {.font = Font::title}).text_with("b").font;
  };
  EXPECT_EQ(font_in(500), Font::title);
  EXPECT_EQ(font_in(300), Font::body);
  EXPECT_EQ(font_in(210), Font::tiny);
  EXPECT_TRUE(Drawn({display(wide)}, 210).all<ClipBegin>().empty());
  const Drawn cut({display(wide)}, 150);
  ASSERT_EQ(cut.all<ClipBegin>().size(), 1U);
  EXPECT_EQ(cut.all<ClipEnd>().size(), 1U);
  EXPECT_LE(cut.all<ClipBegin>()[0].rect.right(), cut.area.right() + 0.01F);
}

TEST(RichTextLines, TakesWhatIsEmpty) {
  EXPECT_EQ(Drawn({}, 300).height, 0);
  EXPECT_EQ(Drawn({words({})}, 300).height, 0);
  EXPECT_EQ(Drawn({words({{.text = "  "}})}, 300).height, 0);
  EXPECT_EQ(Drawn({words({{.text = "x"}})}, 300).height, 18);
  EXPECT_GT(Drawn({words({{.text = "wide"}})}, 0).height, 18 * 4);
}

}  // namespace
}  // namespace kv::test::rich_text
