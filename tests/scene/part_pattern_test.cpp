// Parts by the names that lessons use: which there are, what each means, and where it was drawn.
#include "viz/scene/part_pattern.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/scene/stage_fixture.h"

namespace kv::test {
namespace {

using core::Side;
using scene::Operation;
using scene::PartId;
using scene::PartKind;
using scene::PartPattern;
using scene::Rect;
using Cells = PartPattern::Cells;

// As lessons/README.md lists them.
const char* const names[] = {"k.rows",     "k.new",         "k.old",         "k",
                             "v.rows",     "v.new",         "v.old",         "v",
                             "attention",  "attention.new", "attention.old", "attention.masked",
                             "tokens",     "tokens.new",    "candidates",    "q",
                             "lens",       "ops",           "heads",         "layer",
                             "flops.step", "flops.total",   "components",    "masked",
                             "chart",      "ratio",         "bytes",         "agreement",
                             "same-token", "side"};

PartPattern pattern(std::string_view name) {
  const auto found = scene::parse_part_pattern(name);
  EXPECT_TRUE(found) << name;
  return found.value_or(PartPattern{});
}

TEST(PartPattern, KnowsEveryName) {
  for (const std::string name : names) {
    SCOPED_TRACE(name);
    EXPECT_FALSE(pattern(name).kinds.empty());
    EXPECT_FALSE(pattern(name).side);
    EXPECT_EQ(pattern(name).index, -1);
    EXPECT_EQ(pattern(name + "@with").side, Side::cached);
    EXPECT_EQ(pattern(name + "@without").side, Side::uncached);
    EXPECT_EQ(pattern(name + "@with").kinds, pattern(name).kinds);
    EXPECT_EQ(pattern(name + "@with").cells, pattern(name).cells);
  }
}

TEST(PartPattern, KnowsEveryOperationAndComponent) {
  std::set<int> indices;
  for (const auto& info : scene::operations()) {
    const PartPattern found = pattern(std::string("op.") + info.id);
    EXPECT_EQ(found.kinds, std::vector{PartKind::operation_chip});
    EXPECT_EQ(found.index, static_cast<int>(info.operation)) << info.id;
    indices.insert(found.index);
  }
  EXPECT_EQ(indices.size(), static_cast<std::size_t>(scene::operation_count));
  for (std::size_t i = 0; i < core::op_count_parts.size(); ++i) {
    const PartPattern found = pattern(std::string("component.") + core::op_count_parts[i].name);
    EXPECT_EQ(found.kinds, std::vector{PartKind::component});
    EXPECT_EQ(found.index, static_cast<int>(i));
  }
  EXPECT_EQ(pattern("component.mlp@without").side, Side::uncached);
}

TEST(PartPattern, KnowsNoOtherName) {
  for (const char* name : {"",
                           "@",
                           "@with",
                           "K",
                           "k.row",
                           "k.newest",
                           "k rows",
                           " k",
                           "k ",
                           "k@",
                           "k@both",
                           "k@With",
                           "k@with@with",
                           "k@with ",
                           "op",
                           "op.",
                           "op.attention",
                           "component.total",
                           "component.",
                           "ops.scores",
                           "tokens.old",
                           "q.new",
                           "lens@cached",
                           "flops",
                           "same_token"})
    EXPECT_FALSE(scene::parse_part_pattern(name)) << name;
}

TEST(PartPattern, NamesMeanTheirParts) {
  EXPECT_EQ(pattern("k").kinds, std::vector{PartKind::key_cell});
  EXPECT_EQ(pattern("v.new").kinds, std::vector{PartKind::value_cell});
  EXPECT_EQ(pattern("v.new").cells, Cells::newest);
  EXPECT_EQ(pattern("k.old").cells, Cells::older);
  EXPECT_EQ(pattern("attention.masked").cells, Cells::masked);
  EXPECT_EQ(pattern("tokens.new").cells, Cells::newest);
  EXPECT_EQ(pattern("flops.step").kinds, std::vector{PartKind::step_flops});
  EXPECT_EQ(pattern("flops.total").kinds, std::vector{PartKind::total_flops});
  EXPECT_EQ(pattern("masked").kinds, std::vector{PartKind::masked_note});
  EXPECT_EQ(pattern("same-token").kinds, std::vector{PartKind::same_token});
  EXPECT_EQ(pattern("chart").kinds.size(), 2U);  // small and large
}

constexpr int rows = 7;

bool is(const char* name, const PartId& part) { return scene::matches(pattern(name), part, rows); }

TEST(Matches, TheSideThatIsNamed) {
  const PartId with{PartKind::key_cell, Side::cached, 2, 0};
  const PartId without{PartKind::key_cell, Side::uncached, 2, 0};
  EXPECT_TRUE(is("k", with) && is("k", without));
  EXPECT_TRUE(is("k@with", with));
  EXPECT_FALSE(is("k@with", without));
  EXPECT_TRUE(is("k@without", without));
  EXPECT_FALSE(is("k@without", with));
  EXPECT_FALSE(is("v", with));
  // What belongs to no side is of both.
  EXPECT_TRUE(is("ratio@with", {PartKind::ratio, Side::uncached}));
  EXPECT_TRUE(is("tokens@without", {PartKind::token, Side::cached, 3}));
  EXPECT_FALSE(is("flops.step@with", {PartKind::step_flops, Side::uncached}));
}

TEST(Matches, RowsByTheirAge) {
  for (int row = 0; row < rows; ++row) {
    const PartId key{PartKind::key_cell, Side::cached, row, 1};
    EXPECT_EQ(is("k.new", key), row == rows - 1) << row;
    EXPECT_EQ(is("k.old", key), row < rows - 1) << row;
    EXPECT_TRUE(is("k.rows", key));
    const PartId score{PartKind::attention_cell, Side::uncached, row, 2};
    EXPECT_EQ(is("attention.new", score), row == rows - 1) << row;
    EXPECT_EQ(is("attention.old", score), row < rows - 1) << row;
  }
  EXPECT_FALSE(is("k.old", {PartKind::key_cell, Side::cached, -1, 0}));
  EXPECT_FALSE(is("k.new", {PartKind::key_cell, Side::cached, rows, 0}));
}

TEST(Matches, CellsAboveTheDiagonal) {
  const auto masked = [](int row, int column) {
    return is("attention.masked", {PartKind::attention_cell, Side::uncached, row, column});
  };
  EXPECT_TRUE(masked(2, 3));
  EXPECT_TRUE(masked(0, 6));
  EXPECT_FALSE(masked(3, 3));
  EXPECT_FALSE(masked(3, 2));
}

// The newest token is in the text already, its row is not computed yet.
TEST(Matches, TheNewestToken) {
  EXPECT_TRUE(is("tokens.new", {.kind = PartKind::token, .a = rows}));
  EXPECT_FALSE(is("tokens.new", {.kind = PartKind::token, .a = rows - 1}));
  EXPECT_TRUE(is("tokens", {.kind = PartKind::token, .a = 0}));
}

TEST(Matches, TheOperationAndTheComponentThatIsNamed) {
  const PartId chip{.kind = PartKind::operation_chip, .a = static_cast<int>(Operation::softmax)};
  EXPECT_TRUE(is("op.softmax", chip) && is("ops", chip));
  EXPECT_FALSE(is("op.scores", chip));
  EXPECT_FALSE(is("op.softmax", {.kind = PartKind::component, .a = chip.a}));
  const PartId bar{PartKind::component, Side::uncached, 3};
  EXPECT_TRUE(is("component.scores", bar) && is("components", bar));
  EXPECT_TRUE(is("component.scores@without", bar));
  EXPECT_FALSE(is("component.scores@with", bar));
  EXPECT_FALSE(is("component.mlp", bar));
}

class Drawn : public testing::Test {
 protected:
  Drawn() { draw(3); }
  void draw(int step) {
    Stage stage;
    scene_ = stage.compose(scene::rest_after(step), {});
    rows_ = 5 + step - 1;
  }
  std::vector<Rect> rects(const char* name) const {
    return scene::rects_of(scene_, pattern(name), rows_);
  }
  Rect one(const char* name) const {
    const auto found = rects(name);
    EXPECT_EQ(found.size(), 1U) << name;
    return found.empty() ? Rect{} : found[0];
  }
  Rect cell(PartKind kind, Side side, int a, int b) const {
    const auto found = find_part(scene_, {kind, side, a, b});
    EXPECT_TRUE(found);
    return found.value_or(Rect{});
  }
  scene::Scene scene_;
  int rows_ = 0;
};

void expect_near(const Rect& a, const Rect& b) {
  EXPECT_NEAR(a.x, b.x, 0.1);
  EXPECT_NEAR(a.y, b.y, 0.1);
  EXPECT_NEAR(a.right(), b.right(), 0.1);
  EXPECT_NEAR(a.bottom(), b.bottom(), 0.1);
}

Rect between(const Rect& first, const Rect& last) {
  return {first.x, first.y, last.right() - first.x, last.bottom() - first.y};
}

TEST_F(Drawn, RowsOfAMatrixAreOneRectangle) {
  for (const Side side : {Side::cached, Side::uncached}) {
    const std::string at = side == Side::cached ? "@with" : "@without";
    const Rect newest =
        between(cell(PartKind::key_cell, side, 6, 0), cell(PartKind::key_cell, side, 6, 1));
    const Rect older =
        between(cell(PartKind::key_cell, side, 0, 0), cell(PartKind::key_cell, side, 5, 1));
    expect_near(one(("k.new" + at).c_str()), newest);
    expect_near(one(("k.old" + at).c_str()), older);
    expect_near(one(("k.rows" + at).c_str()), between(older, newest));
    EXPECT_GE(one(("v.new" + at).c_str()).x, newest.right());
  }
}

TEST_F(Drawn, WithoutASideBothAreMeant) {
  const auto both = rects("v.new");
  ASSERT_EQ(both.size(), 2U);
  EXPECT_TRUE(both[0] == one("v.new@with") || both[0] == one("v.new@without"));
  EXPECT_NE(both[0], both[1]);
  EXPECT_EQ(rects("flops.step").size(), 2U);
  EXPECT_EQ(rects("flops.step@with").size(), 1U);
}

TEST_F(Drawn, TheTriangleIsOfTheUncachedSideAlone) {
  EXPECT_EQ(rects("attention.masked@without").size(), 1U);
  EXPECT_TRUE(rects("attention.old@with").empty());
  const Rect row = between(cell(PartKind::attention_cell, Side::uncached, 6, 0),
                           cell(PartKind::attention_cell, Side::uncached, 6, 6));
  const Rect found = one("attention.new@without");
  EXPECT_NEAR(found.y, row.y, 0.1);
  EXPECT_NEAR(found.h, row.h, 0.1);
  EXPECT_LE(found.x, row.x + 0.1);
  EXPECT_GE(found.right(), row.right() - 0.1);
}

TEST_F(Drawn, AfterThePromptAloneNothingIsOlderThanTheRowsBefore) {
  draw(1);
  const Rect newest = cell(PartKind::key_cell, Side::cached, 4, 0);
  EXPECT_NEAR(one("k.new@with").y, newest.y, 0.1);
  EXPECT_NEAR(one("k.old@with").bottom(), newest.y, 0.1);
}

TEST_F(Drawn, ARowOfChipsIsOneThing) {
  EXPECT_EQ(rects("components@with").size(), 1U);
  const Rect part = one("component.mlp@with"), all = one("components@with");
  EXPECT_GE(part.x, all.x);
  EXPECT_LE(part.right(), all.right() + 0.1F);
  EXPECT_LT(part.w, all.w);
  const Rect chip =
      cell(PartKind::operation_chip, Side::cached, static_cast<int>(Operation::mask), -1);
  expect_near(one("op.mask"), chip);
}

TEST_F(Drawn, TheNewestTokenIsTheLastOfTheStrip) {
  expect_near(one("tokens.new"), cell(PartKind::token, Side::cached, 7, -1));
}

// The lens shows vectors only while there is an operation to show.
TEST_F(Drawn, EveryNameIsSomewhereInThePicture) {
  for (const std::string name : names)
    EXPECT_EQ(rects(name.c_str()).empty(), name == "q" || name == "lens") << name;
  Stage stage;
  scene_ = stage.compose(within(3, 0, Operation::project, 1), {});
  EXPECT_FALSE(rects("q").empty());
  EXPECT_FALSE(rects("lens").empty());
}

TEST_F(Drawn, NothingIsMeantWhereNothingIsDrawn) {
  scene_.places.clear();
  for (const char* name : names) EXPECT_TRUE(rects(name).empty()) << name;
}

// An outline is a rectangle around what is meant, in the accent's colour.
TEST(Highlight, OutlinesItsParts) {
  Stage stage;
  scene::ViewState view;
  const auto plain = stage.compose(scene::rest_after(3), view);
  view.highlight = {pattern("k.new@with"), pattern("ratio")};
  const auto marked = stage.compose(scene::rest_after(3), view);
  EXPECT_EQ(marked.items.size(), plain.items.size() + 2);
  EXPECT_EQ(marked.places.size(), plain.places.size());
  const Rect row = scene::rects_of(marked, pattern("k.new@with"), rows).at(0);
  int found = 0;
  for (const auto& item : marked.items)
    if (const auto* box = std::get_if<scene::Box>(&item))
      if (box->fill.a == 0 && box->line == scene::palette(view.theme, false).accent &&
          std::abs(box->rect.center().y - row.center().y) < 0.1F &&
          std::abs(box->rect.w - row.w - 6) < 0.1F)
        ++found;
  EXPECT_EQ(found, 1);
  view.highlight.clear();
  view.lit = pattern("v.old@without");
  EXPECT_EQ(stage.compose(scene::rest_after(3), view).items.size(), plain.items.size() + 1);
}

// What is covered says nothing to the eye or to the pointer.
TEST(Hidden, CoversItsParts) {
  Stage stage;
  scene::ViewState view;
  const auto plain = stage.compose(scene::rest_after(3), view);
  const auto place = [&](const scene::Scene& scene, Side side) {
    return find_part(scene, {PartKind::step_flops, side});
  };
  ASSERT_TRUE(place(plain, Side::cached) && place(plain, Side::uncached));
  view.hidden = {pattern("flops.step@with")};
  const auto covered = stage.compose(scene::rest_after(3), view);
  EXPECT_FALSE(place(covered, Side::cached));
  EXPECT_TRUE(place(covered, Side::uncached));
  const Rect rect = *place(plain, Side::cached);
  EXPECT_NE(hit_test(covered, rect.center()).kind, PartKind::step_flops);
  bool under = false;
  for (const auto& item : covered.items)
    if (const auto* box = std::get_if<scene::Box>(&item))
      under |= box->fill.a == 255 && box->rect.x <= rect.x && box->rect.y <= rect.y &&
               box->rect.right() >= rect.right() && box->rect.bottom() >= rect.bottom() &&
               box->pattern == scene::Pattern::dots;
  EXPECT_TRUE(under);
}

}  // namespace
}  // namespace kv::test
