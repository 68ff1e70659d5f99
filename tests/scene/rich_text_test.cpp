// What is drawn and pointed at in a lesson's text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scene/rich_text_parts.h"

namespace kv::test::rich_text {
namespace {

TEST(RichText, GivesLinksPlacesAndColours) {
  const RichText text{words({{.text = "one "},
                             {.text = "query row", .link = "part:q"},
                             {.text = " and "},
                             {.text = "side", .strong = true, .link = "part:flops.step@without"},
                             {.text = " of "},
                             {.text = "x_1", .formula = true, .link = "part:v.new"}})};
  const Drawn drawn(text, 600, {}, {}, 5);
  const Palette& colors = palette(Theme::dark, false);
  EXPECT_EQ(drawn.result.links, 3);
  EXPECT_EQ(links_of(text),
            (std::vector<std::string>{"part:q", "part:flops.step@without", "part:v.new"}));
  ASSERT_EQ(drawn.places().size(), 3U);
  for (int i = 0; i < 3; ++i) {
    const Place& place = drawn.places()[static_cast<std::size_t>(i)];
    EXPECT_EQ(place.part, (PartId{.kind = PartKind::link, .a = 5 + i}));
  }
  EXPECT_EQ(drawn.places()[0].rect, drawn.rect(drawn.text_with("query row")));
  EXPECT_EQ(drawn.text_with("query").color, colors.query);
  EXPECT_EQ(drawn.text_with("side").color, colors.without);
  EXPECT_EQ(drawn.text_with("side").font, Font::body_bold);
  EXPECT_EQ(drawn.text_with("x").color, colors.value);
  EXPECT_EQ(drawn.text_with("one").color, colors.text);
  const auto underlines = drawn.all<Box>();
  ASSERT_EQ(underlines.size(), 3U);
  EXPECT_EQ(underlines[0].fill, colors.query);
  EXPECT_FLOAT_EQ(underlines[0].rect.x, drawn.places()[0].rect.x);
  EXPECT_FLOAT_EQ(underlines[0].rect.w, drawn.places()[0].rect.w);
  EXPECT_GT(underlines[0].rect.y, drawn.rect(drawn.text_with("query")).y + ascent_of(Font::body));
}

TEST(RichText, ALinkOfTwoLinesIsOnePartWithTwoPlaces) {
  const Drawn drawn({words({{.text = english, .link = "lesson:next"}})}, 700);
  const std::size_t lines = drawn.lines().size();
  ASSERT_GT(lines, 1U);
  ASSERT_EQ(drawn.places().size(), lines);
  for (const Place& place : drawn.places()) EXPECT_EQ(place.part.a, 0);
  EXPECT_GT(drawn.places()[1].rect.y, drawn.places()[0].rect.bottom());
}

TEST(RichText, LightsLinksHoveredHereOrElsewhere) {
  const RichText text{words(
      {{.text = "key", .link = "part:k"}, {.text = " "}, {.text = "value", .link = "part:v"}})};
  const auto grounds = [&](RichTextStyle style, PartId hover) {
    const Drawn drawn(text, 300, std::move(style), hover, 2);
    std::vector<float> found;
    for (const Box& box : drawn.all<Box>())
      if (box.fill == palette(Theme::dark, false).raised) found.push_back(box.rect.x - 100);
    return found;
  };
  const float second = 4 * 0.55F * 18;
  EXPECT_TRUE(grounds({}, {}).empty());
  EXPECT_TRUE(grounds({}, {.kind = PartKind::link, .a = 0}).empty());
  EXPECT_THAT(grounds({}, {.kind = PartKind::link, .a = 2}), testing::ElementsAre(0));
  EXPECT_THAT(grounds({}, {.kind = PartKind::link, .a = 3}),
              testing::ElementsAre(testing::FloatNear(second, 0.01F)));
  EXPECT_THAT(grounds({.lit = [](const std::string& link) { return link == "part:v"; }}, {}),
              testing::ElementsAre(testing::FloatNear(second, 0.01F)));
}

TEST(RichText, HangsItemsBehindTheirBullet) {
  const Drawn drawn({words({{.text = english}}, Block::Kind::item)}, 400);
  const auto texts = drawn.all<Text>();
  const Text bullet = drawn.text_with("\u2022");
  EXPECT_FLOAT_EQ(bullet.at.x, drawn.area.x);
  EXPECT_FLOAT_EQ(bullet.at.y, texts[0].at.y);
  ASSERT_GT(texts.size(), 3U);
  EXPECT_GT(texts[0].at.x, drawn.rect(bullet).right());
  EXPECT_FLOAT_EQ(texts[0].at.x, texts.back().at.x);
}

TEST(RichText, SetsFormulasOnTheBaselineAndDisplaysInTheMiddle) {
  const Drawn drawn(
      {words({{.text = "so "}, {.text = R"(\frac{a}{b}+y)", .formula = true}, {.text = " is"}}),
       display("zz=w")},
      400);
  const auto baseline = [&](const char* of) {
    const Text text = drawn.text_with(of);
    return text.at.y + ascent_of(text.font);
  };
  EXPECT_FLOAT_EQ(baseline("so"), baseline("y"));
  EXPECT_FLOAT_EQ(baseline("so"), baseline("is"));
  EXPECT_LT(baseline("a"), baseline("so"));
  EXPECT_GE(drawn.text_with("a").at.y, drawn.area.y - 0.01F);
  const float left = drawn.text_with("z").at.x - drawn.area.x;
  const float right = drawn.area.right() - drawn.rect(drawn.text_with("w")).right();
  EXPECT_NEAR(left, right, 0.1F);
  EXPECT_GT(left, 100);
}

TEST(RichText, KeepsTheIndentationOfCode) {
  const Drawn drawn(
      {words({{.text = "def f(x):\n    if x:\n        return x\n"}}, Block::Kind::code)}, 400);
  const auto texts = drawn.all<Text>();
  ASSERT_EQ(texts.size(), 3U);
  EXPECT_EQ(texts[1].text, "if x:");
  EXPECT_FLOAT_EQ(texts[2].at.x - texts[1].at.x, texts[1].at.x - texts[0].at.x);
  EXPECT_FLOAT_EQ(texts[1].at.x - texts[0].at.x, 4 * 0.5F * 16);
  EXPECT_EQ(texts[0].font, Font::small);
  const auto panels = drawn.all<Box>();
  ASSERT_EQ(panels.size(), 1U);
  EXPECT_EQ(panels[0].rect, (Rect{100, 50, 400, drawn.height}));
  const Drawn narrow({words({{.text = "    return attention(queries, keys)"}}, Block::Kind::code)},
                     300);
  EXPECT_EQ(narrow.all<Text>()[0].font, Font::tiny);
  EXPECT_EQ(narrow.all<Text>().size(), 1U);
}

TEST(RichText, TellsStrongAndCodeApart) {
  const Drawn drawn({words({{.text = "a "},
                            {.text = "b", .strong = true},
                            {.text = " "},
                            {.text = "c d", .code = true}})},
                    300, {.font = Font::title});
  EXPECT_EQ(drawn.text_with("b").font, Font::title_bold);
  EXPECT_EQ(drawn.text_with("c d").font, Font::title);
  const auto grounds = drawn.all<Box>();
  ASSERT_EQ(grounds.size(), 1U);
  EXPECT_LT(grounds[0].rect.x, drawn.text_with("c d").at.x);
  EXPECT_GT(grounds[0].rect.right(), drawn.rect(drawn.text_with("c d")).right());
}

TEST(RichText, LeavesSpacesBetweenSpansFree) {
  const Drawn drawn({words({{.text = "a "},
                            {.text = "b c", .strong = true},
                            {.text = " d ,"},
                            {.text = "e", .link = "part:k"}})},
                    300);
  const float letter = 0.55F * 18;
  std::vector<std::string> read;
  std::vector<float> places;
  for (const Text& text : drawn.all<Text>()) {
    read.push_back(text.text);
    places.push_back((text.at.x - 100) / letter);
  }
  EXPECT_EQ(read, (std::vector<std::string>{"a", "b c", "d ,", "e"}));
  EXPECT_THAT(places, testing::Pointwise(testing::FloatNear(0.01F), {0.0F, 2.0F, 6.0F, 9.0F}));
}

TEST(RichText, ColoursLinksByWhatTheyLeadTo) {
  const Palette& colors = palette(Theme::light, false);
  EXPECT_EQ(link_color(colors, "part:q"), colors.query);
  EXPECT_EQ(link_color(colors, "part:k.new@with"), colors.key);
  EXPECT_EQ(link_color(colors, "part:v@without"), colors.value);
  EXPECT_EQ(link_color(colors, "part:component.k"), colors.key);
  EXPECT_EQ(link_color(colors, "part:flops.step@with"), colors.with);
  EXPECT_EQ(link_color(colors, "part:attention@without"), colors.without);
  EXPECT_EQ(link_color(colors, "part:chart"), colors.accent);
  EXPECT_EQ(link_color(colors, "lesson:q"), colors.accent);
}

TEST(RichText, TellsItsPlainWords) {
  EXPECT_EQ(plain_text({words({{.text = "one "},
                               {.text = "two", .strong = true},
                               {.text = R"(\sum_i x)", .formula = true}}),
                        display(R"(a \le b)")}),
            "one two\u2211_ix\na\u2264b");
  EXPECT_EQ(plain_text({}), "");
}

}  // namespace
}  // namespace kv::test::rich_text
