// The window's picture as text, for every operation; and what must hold of it at any size.
#include <gtest/gtest.h>

#include "tests/scene/stage_fixture.h"
#include "tests/support/golden.h"

namespace kv::test {
namespace {

using scene::Operation;
using scene::PartKind;

scene::ViewState second_layer() {
  scene::ViewState view;
  view.layer = 1;
  view.head = 2;
  return view;
}

TEST(StageGolden, EveryOperation) {
  Stage stage;
  for (const auto& info : scene::operations()) {
    SCOPED_TRACE(info.id);
    const auto scene = stage.compose(within(2, 1, info.operation), second_layer());
    expect_golden(std::string("scene/golden/operation_") + info.id + ".txt", to_text(scene));
  }
}

TEST(StageGolden, PrefillAndPromptAlone) {
  Stage stage;
  expect_golden("scene/golden/prompt_alone.txt",
                to_text(stage.compose(scene::rest_after(0), second_layer())));
  expect_golden("scene/golden/prefill_scores.txt",
                to_text(stage.compose(within(1, 1, Operation::scores), second_layer())));
  expect_golden("scene/golden/prefill_rest.txt",
                to_text(stage.compose(scene::rest_after(1), second_layer())));
}

TEST(StageGolden, HeatLogLogAndZoom) {
  Stage stage;
  scene::ViewState view = second_layer();
  view.heat = true;
  view.chart.log_log = true;
  expect_golden("scene/golden/heat_log_log.txt", to_text(stage.compose(scene::rest_after(3), view)));
  view = second_layer();
  view.zoom = {0.1F, 0.3F, 0.1F, 0.3F};
  expect_golden("scene/golden/zoom.txt", to_text(stage.compose(scene::rest_after(3), view)));
}

// A number that changes in one cell of what is shown changes the picture's text.
TEST(Stage, OneCellChangesTheText) {
  Stage stage;
  scene::GridStore grids;
  scene::Subject subject = stage.subject(2, 0);
  const auto before = scene::compose(subject, scene::rest_after(2), {}, {}, scene::plain_metrics(),
                                     {1920, 1080}, grids);
  auto changed = std::make_shared<core::Replay>(*subject.uncached);
  const auto& old = *changed->block;
  auto block = std::make_shared<core::KvBlock>(old.layers(), old.kv_heads(), old.head_dim(),
                                               old.capacity());
  block->copy_rows(old, changed->total());
  block->value(0, 0)[3] += 0.5F;
  changed->block = block;
  subject.uncached = changed;
  const auto after = scene::compose(subject, scene::rest_after(2), {}, {}, scene::plain_metrics(),
                                    {1920, 1080}, grids);
  EXPECT_NE(to_text(before), to_text(after));
}

struct Extent {
  scene::Rect rect;
  std::string what;
};

std::vector<Extent> extents(const scene::Scene& scene) {
  std::vector<Extent> all;
  const auto metrics = scene::plain_metrics();
  for (const auto& item : scene.items)
    if (const auto* text = std::get_if<scene::Text>(&item))
      all.push_back({{text->at.x, text->at.y, metrics.width(text->text, text->font),
                      scene::info_of(text->font).size},
                     text->text});
  return all;
}

TEST(Stage, NothingIsCutOffAtAnySizeInAnyLanguage) {
  Stage stage;
  for (const scene::Vec2 size : {scene::Vec2{1920, 1080}, scene::Vec2{1730, 973},
                                 scene::Vec2{1384, 1038}, scene::smallest_size})
    for (const auto language : scene::languages)
      for (const auto& info : scene::operations()) {
        SCOPED_TRACE(std::string(scene::code_of(language)) + " " + info.id);
        scene::ViewState view = second_layer();
        view.language = language;
        const auto scene = stage.compose(within(2, 1, info.operation), view, {}, size);
        for (const Extent& text : extents(scene)) {
          EXPECT_GE(text.rect.x, -0.5F) << text.what;
          EXPECT_LE(text.rect.right(), size.x + 0.5F) << text.what;
          EXPECT_LE(text.rect.bottom(), size.y + 0.5F) << text.what;
        }
      }
}

// Titles, counters and badges do not lie on each other.
TEST(Stage, TextDoesNotOverlapAtAnySizeInAnyLanguage) {
  Stage stage;
  for (const scene::Vec2 size : {scene::Vec2{1920, 1080}, scene::Vec2{1730, 973},
                                 scene::smallest_size})
    for (const auto language : scene::languages) {
      SCOPED_TRACE(scene::code_of(language));
      scene::ViewState view = second_layer();
      view.language = language;
      const auto texts = extents(stage.compose(scene::rest_after(3), view, {}, size));
      for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
          const scene::Rect a = texts[i].rect.inset(1, 4), b = texts[j].rect.inset(1, 4);
          const bool apart = a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y ||
                             b.bottom() <= a.y;
          EXPECT_TRUE(apart) << texts[i].what << " | " << texts[j].what << " at "
                             << texts[j].rect.x << "," << texts[j].rect.y;
        }
    }
}

TEST(Stage, EveryPlaceCanBeFoundAgain) {
  Stage stage;
  const auto scene = stage.compose(scene::rest_after(3), second_layer());
  for (const auto& place : scene.places) {
    if (place.rect.w < 1 || place.rect.h < 1) continue;
    const auto hit = hit_test(scene, place.rect.center());
    EXPECT_NE(hit.kind, PartKind::none) << name_of(place.part.kind);
  }
}

TEST(Stage, StepsBackLookAsTheyLookedBefore) {
  Stage stage;
  const std::string first = to_text(stage.compose(scene::rest_after(2), {}));
  stage.compose(scene::rest_after(3), {});
  EXPECT_EQ(first, to_text(stage.compose(scene::rest_after(2), {})));
}

}  // namespace
}  // namespace kv::test
