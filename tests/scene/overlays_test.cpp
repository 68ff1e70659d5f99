// What lies over the window or in the lens: tooltip, pinned cell, help and legend.
#include <gtest/gtest.h>

#include "tests/scene/looking.h"
#include "tests/support/golden.h"
#include "viz/scene/views/help_overlay.h"
#include "viz/scene/views/legend_overlay.h"
#include "viz/scene/views/pinned_data.h"
#include "viz/scene/views/pinned_product.h"
#include "viz/scene/views/tooltip.h"

namespace kv::test {
namespace {

using core::Side;
using scene::PartKind;
using scene::Rect;
using scene::Vec2;

constexpr Vec2 window{1300, 900};

Rect extent(const scene::Text& text) {
  return {text.at.x, text.at.y, scene::plain_metrics().width(text.text, text.font),
          scene::info_of(text.font).size};
}

// Nothing outside of `area`, nothing cut, no two texts upon each other.
void expect_tidy(const scene::Scene& scene, const Rect& area) {
  std::vector<const scene::Text*> texts;
  for (const auto& item : scene.items)
    if (const auto* text = std::get_if<scene::Text>(&item)) texts.push_back(text);
  EXPECT_FALSE(texts.empty());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Rect a = extent(*texts[i]);
    EXPECT_GE(a.x, area.x - 0.5F) << texts[i]->text;
    EXPECT_GE(a.y, area.y - 0.5F) << texts[i]->text;
    EXPECT_LE(a.right(), area.right() + 0.5F) << texts[i]->text;
    EXPECT_LE(a.bottom(), area.bottom() + 0.5F) << texts[i]->text;
    EXPECT_FALSE(texts[i]->text.ends_with("\u2026")) << texts[i]->text;
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      const Rect b = extent(*texts[j]).inset(0.5F, 1);
      EXPECT_TRUE(a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y)
          << texts[i]->text << " | " << texts[j]->text;
    }
  }
}

// The card is the largest opaque box drawn.
Rect card_of(const scene::Scene& scene) {
  Rect card;
  for (const auto& item : scene.items)
    if (const auto* box = std::get_if<scene::Box>(&item))
      if (box->line.a == 255 && box->fill.a == 255 && box->rect.w * box->rect.h > card.w * card.h)
        card = box->rect;
  return card;
}

void point_at(Looking& looking, const scene::PartId& part, const Rect& rect, Vec2 pointer) {
  looking.scene = {.size = window, .ground = {}, .items = {}, .places = {}};
  looking.scene.places.push_back({.rect = rect, .part = part});
  looking.view.hover = part;
  looking.view.pointer = pointer;
}

TEST(TooltipGolden, AttentionCellAndComponent) {
  Looking looking;
  point_at(looking, {PartKind::attention_cell, Side::uncached, 5, 2}, {400, 300, 24, 24},
           {410, 312});
  auto frame = looking.frame();
  draw_tooltip(frame);
  expect_golden("scene/golden/tooltip_attention.txt", to_text(looking.scene));
  looking.view.language = scene::Language::zh;
  looking.view.theme = scene::Theme::light;
  point_at(looking, {PartKind::component, Side::uncached, 3}, {1100, 850, 90, 18}, {1150, 860});
  auto light = looking.frame();
  draw_tooltip(light);
  expect_golden("scene/golden/tooltip_component_zh.txt", to_text(looking.scene));
}

TEST(Tooltip, StaysInsideAndOffTheCell) {
  Looking looking;
  for (const auto language : scene::languages) {
    looking.view.language = language;
    for (float x = 2; x < window.x; x += 61)
      for (float y = 2; y < window.y; y += 53) {
        const Rect cell{x - 2, y - 2, 20, 20};
        point_at(looking, {PartKind::attention_cell, Side::uncached, 5, 2}, cell, {x, y});
        auto frame = looking.frame();
        draw_tooltip(frame);
        const Rect card = card_of(looking.scene);
        ASSERT_GT(card.w, 100);
        EXPECT_GE(card.x, 0);
        EXPECT_GE(card.y, 0);
        EXPECT_LE(card.right(), window.x);
        EXPECT_LE(card.bottom(), window.y);
        EXPECT_TRUE(card.right() <= cell.x || cell.right() <= card.x || card.bottom() <= cell.y ||
                    cell.bottom() <= card.y)
            << x << "," << y;
        expect_tidy(looking.scene, card);
      }
  }
}

TEST(Tooltip, OfEveryPartIsTidyInEveryLanguage) {
  Looking looking;
  for (const auto language : scene::languages)
    for (const auto& part : every_part()) {
      SCOPED_TRACE(std::string(scene::name_of(part.kind)) + " " + scene::code_of(language));
      looking.view.language = language;
      point_at(looking, part, {600, 400, 300, 200}, {650, 450});
      auto frame = looking.frame();
      draw_tooltip(frame);
      const Rect card = card_of(looking.scene);
      EXPECT_FALSE(card.contains({650, 450}));
      expect_tidy(looking.scene, card);
    }
}

TEST(Tooltip, IsNotDrawnWhereThereIsNothingToSay) {
  Looking looking;
  point_at(looking, {PartKind::key_cell, Side::cached, 500, 0}, {0, 0, 10, 10}, {5, 5});
  auto frame = looking.frame();
  draw_tooltip(frame);
  EXPECT_TRUE(looking.scene.items.empty());
}

constexpr Rect lens{40, 600, 461, 206};

scene::Scene pinned(Looking& looking, const scene::PartId& pin, const Rect& area) {
  looking.scene = {.size = window, .ground = {}, .items = {}, .places = {}};
  looking.view.pinned = pin;
  auto frame = looking.frame();
  draw_pinned(frame, area);
  return looking.scene;
}

TEST(PinnedGolden, ScoreMaskAndWeightedSum) {
  Looking looking;
  expect_golden("scene/golden/pinned_score.txt",
                to_text(pinned(looking, {PartKind::attention_cell, Side::uncached, 5, 2}, lens)));
  expect_golden("scene/golden/pinned_masked.txt",
                to_text(pinned(looking, {PartKind::attention_cell, Side::uncached, 2, 5}, lens)));
  expect_golden("scene/golden/pinned_value.txt",
                to_text(pinned(looking, {PartKind::value_cell, Side::cached, 2, 1}, lens)));
}

TEST(Pinned, IsTidyInEveryLanguage) {
  Looking looking;
  for (const auto language : scene::languages)
    for (const Rect area : {lens, Rect{20, 20, 740, 260}})
      for (const scene::PartId pin : {scene::PartId{PartKind::attention_cell, Side::uncached, 5, 2},
                                      {PartKind::attention_cell, Side::uncached, 2, 5},
                                      {PartKind::attention_cell, Side::cached, 2, 1},
                                      {PartKind::key_cell, Side::cached, 3, 1},
                                      {PartKind::value_cell, Side::cached, 2, 1}}) {
        SCOPED_TRACE(std::string(scene::name_of(pin.kind)) + " " + scene::code_of(language));
        looking.view.language = language;
        expect_tidy(pinned(looking, pin, area), area);
      }
}

TEST(Pinned, PairsComeToTheSum) {
  Looking looking;
  looking.view.pinned = scene::PartId{PartKind::attention_cell, Side::uncached, 5, 2};
  const auto score = pinned_sum(looking.frame());
  ASSERT_TRUE(score && score->score);
  EXPECT_NEAR(score->sum, score->score->product, 1e-6);
  EXPECT_EQ(score->row, 5);
  EXPECT_EQ(score->column, 2);

  // A pinned key is met by the newest query.
  looking.view.pinned = scene::PartId{PartKind::key_cell, Side::cached, 2, 1};
  const auto key = pinned_sum(looking.frame());
  ASSERT_TRUE(key && key->score);
  EXPECT_EQ(key->row, 6);
  EXPECT_EQ(key->column, 2);

  // A pinned value is part of the newest row's weighted sum.
  looking.view.pinned = scene::PartId{PartKind::value_cell, Side::cached, 2, 1};
  const auto value = pinned_sum(looking.frame());
  ASSERT_TRUE(value && !value->score);
  const core::Replay& replay = *looking.subject.cached;
  const auto& layer = *replay.record->layer(1);
  double sum = 0, shares = 0;
  for (int i = 0; i < 7; ++i) {
    const float p = layer.probabilities[static_cast<std::size_t>(looking.view.head * 7 + i)];
    sum += static_cast<double>(p) *
           static_cast<double>(replay.block->value(1, 1)[i * looking.config().head_dim + 1]);
    shares += static_cast<double>(p);
  }
  EXPECT_NEAR(shares, 1, 1e-5);
  EXPECT_NEAR(value->sum, sum, 1e-6);
}

TEST(Pinned, MorePairsThanColumnsAreAddedUpHonestly) {
  Looking looking(2, {.model = "random:width=192,layers=2,heads=2,kv_heads=1,ffn=64,vocab=32,"
                               "context=64,seed=5",
                      .prompt = {3, 1, 4, 1, 5},
                      .steps = 2});
  looking.view.head = 1;
  looking.view.pinned = scene::PartId{PartKind::attention_cell, Side::uncached, 4, 2};
  const auto sum = pinned_sum(looking.frame());
  ASSERT_TRUE(sum && sum->score);
  EXPECT_EQ(sum->pairs, 96);
  EXPECT_EQ(sum->pair.size(), 64U);
  EXPECT_EQ(sum->more, 32);
  double shown = 0;
  float least = 1e9F;
  for (std::size_t i = 0; i < sum->pair.size(); ++i) {
    const auto pair = static_cast<std::size_t>(sum->pair[i]);
    EXPECT_EQ(sum->left[i], sum->score->q[pair]);
    EXPECT_EQ(sum->right[i], sum->score->k[pair]);
    EXPECT_EQ(sum->products[i], sum->left[i] * sum->right[i]);
    shown += static_cast<double>(sum->products[i]);
    least = std::min(least, std::fabs(sum->products[i]));
  }
  EXPECT_NEAR(shown + sum->more_sum, sum->score->product, 1e-5);
  for (std::size_t i = 0; i < 96; ++i) {
    const bool is_column = std::ranges::find(sum->pair, static_cast<int>(i)) != sum->pair.end();
    const float product = std::fabs(sum->score->q[i] * sum->score->k[i]);
    EXPECT_TRUE(is_column || product <= least) << i;
  }
  expect_tidy(pinned(looking, *looking.view.pinned, lens), lens);
}

TEST(Pinned, PairsExplainThemselves) {
  Looking looking;
  const auto drawn = pinned(looking, {PartKind::attention_cell, Side::uncached, 5, 2}, lens);
  const auto sum = pinned_sum(looking.frame());
  for (int i = 0; i < 2; ++i) {
    const auto place = find_part(drawn, {PartKind::lens_cell, Side::cached, 2, i});
    ASSERT_TRUE(place);
    const auto part = hit_test(drawn, place->center());
    EXPECT_NE(
        looking.explain(part).value.find(" = " + scene::value_text(static_cast<double>(
                                                     sum->products[static_cast<std::size_t>(i)]))),
        std::string::npos);
  }
}

TEST(Pinned, SaysWhatIsStillComputed) {
  Looking looking;
  looking.subject.uncached = nullptr;
  const auto drawn = pinned(looking, {PartKind::attention_cell, Side::uncached, 5, 2}, lens);
  EXPECT_NE(to_text(drawn).find("still being computed"), std::string::npos);
  EXPECT_EQ(to_text(drawn).find("map"), std::string::npos);
}

scene::Scene overlay(Looking& looking, void (*draw)(scene::Frame&, const Rect&)) {
  looking.scene = {.size = window, .ground = {}, .items = {}, .places = {}};
  auto frame = looking.frame();
  draw(frame, {0, 0, window.x, window.y});
  return looking.scene;
}

std::vector<std::pair<std::string, std::string>> some_keys() {
  return {{"Stepping", ""},         {"Right  PageDown", "next; at the end a new token"},
          {"Left  PageUp", "back"}, {"Space", "play or pause"},
          {"Looking", ""},          {"Up", "next layer"},
          {"Ctrl+Shift+Z", "redo"}};
}

TEST(OverlayGolden, HelpAndLegend) {
  Looking looking;
  looking.status.help_rows = some_keys();
  expect_golden("scene/golden/help.txt", to_text(overlay(looking, scene::draw_help_overlay)));
  expect_golden("scene/golden/legend.txt", to_text(overlay(looking, scene::draw_legend_overlay)));
}

TEST(Overlay, LegendIsTidyInEveryLanguage) {
  Looking looking;
  for (const auto language : scene::languages) {
    SCOPED_TRACE(scene::code_of(language));
    looking.view.language = language;
    const auto scene = overlay(looking, scene::draw_legend_overlay);
    expect_tidy(scene, card_of(scene));
    EXPECT_EQ(hit_test(scene, {5, 5}).kind, PartKind::overlay);
  }
}

TEST(Overlay, HelpIsTidyHoweverManyKeysThereAre) {
  Looking looking;
  for (int rows = 0; rows <= 56; ++rows) {
    looking.status.help_rows.clear();
    for (int i = 0; i < rows; ++i)
      looking.status.help_rows.emplace_back(i % 7 == 0 ? "A group" : "Ctrl+Shift+Z  F5",
                                            i % 7 == 0 ? "" : "what it does");
    const auto scene = overlay(looking, scene::draw_help_overlay);
    expect_tidy(scene, card_of(scene));
  }
}

TEST(Overlay, HelpLeavesNoHeadingAtTheFootOfAColumn) {
  Looking looking;
  looking.status.help_rows =
      some_keys();  // seven rows: the fourth would be the first of column two
  looking.status.help_rows[3] = {"Heading", ""};
  const auto scene = overlay(looking, scene::draw_help_overlay);
  float heading = 0, next = 0;
  for (const auto& item : scene.items)
    if (const auto* text = std::get_if<scene::Text>(&item)) {
      if (text->text == "Heading") heading = text->at.x;
      if (text->text == "Looking") next = text->at.x;
    }
  EXPECT_GE(heading, window.x / 2);
  EXPECT_GE(next, window.x / 2);
}

}  // namespace
}  // namespace kv::test
