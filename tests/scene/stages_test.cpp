// The large pictures of lessons: as text, and what must hold of them in any area and language.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>
#include "core/bench/side_times.h"
#include "core/cost/growth.h"
#include "core/cost/roofline.h"
#include "tests/scene/stages_drawn.h"
#include "tests/support/golden.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::test {
namespace {

using scene::BenchView;
using scene::Frame;
using scene::PartKind;
using scene::Rect;
using scene::StageSpec;
using scene::Vec2;

TEST(StagesGolden, EachStage) {
  Looking looking, one = one_token_run();
  for (const View& view : all_views()) {
    SCOPED_TRACE(view.id);
    const bool own_chart = std::string_view(view.id).starts_with("chart_own") ||
                           std::string_view(view.id) == "chart_linear";
    expect_golden(std::string("scene/golden/stage_") + view.id + ".txt",
                  to_text(drawn(own_chart ? one : looking, view, wide)));
  }
}

TEST(Stages, NothingIsCutOffOrOverlapsAtAnySizeInAnyLanguage) {
  Looking looking, one = one_token_run();
  for (Looking* run : {&looking, &one})
    for (const Vec2 size : {Vec2{860, 560}, Vec2{1100, 700}, Vec2{1500, 900}})
      for (const auto language : scene::languages)
        for (const View& view : all_views()) {
          SCOPED_TRACE(fmt::format("{} {} {}x{}", view.id, code_of(language), size.x, size.y));
          run->view.language = language;
          const Rect area{10, 20, size.x, size.y};
          const auto scene = drawn(*run, view, area);
          expect_inside(scene, area);
          expect_apart(scene);
        }
}

TEST(Stages, SayNothingIsOpenAndNoMore) {
  Looking looking;
  looking.subject = {};
  for (const View& view : all_views()) {
    SCOPED_TRACE(view.id);
    const auto scene = drawn(looking, view, wide);
    ASSERT_EQ(texts_of(scene).size(), 1U);
    EXPECT_EQ(texts_of(scene)[0].what, scene::words::nothing_open.in(scene::Language::en));
    EXPECT_TRUE(scene.places.empty());
  }
}

TEST(Stages, AreDrawnBeforeTheFirstStep) {
  Looking looking(0);
  looking.subject.text = Looking(3).subject.text;
  for (const View& view : all_views()) {
    SCOPED_TRACE(view.id);
    const auto scene = drawn(looking, view, wide);
    EXPECT_GT(texts_of(scene).size(), 3U);
    expect_inside(scene, wide);
    expect_apart(scene);
  }
}

TEST(StageBill, SaysWhatTheCostModelSays) {
  Looking looking;
  const auto scene = drawn(
      looking, {"", [](Frame& f, const Rect& r) { draw_stage_bill(f, r, {.tokens = 100'000}); }},
      wide);
  EXPECT_TRUE(says(scene, "13.1 GB"));
  EXPECT_TRUE(says(scene, "12.2 GiB"));
  EXPECT_TRUE(says(scene, "13,107,200,000 B"));
  EXPECT_TRUE(says(scene, "16.1 GB"));  // weights, bf16
  EXPECT_TRUE(says(scene, "[32, 2, 1, 8, 100000, 128]"));
  EXPECT_TRUE(says(scene, "[1, 8, 100000, 128]"));
  for (int index = 0; index < 7; ++index)
    EXPECT_TRUE(find_part(scene, {.kind = PartKind::bill_index, .a = index})) << index;
}

// One token fewer, and the cache is not yet the larger one.
TEST(StageBill, MarksWhereTheCachePassesTheWeights) {
  Looking looking;
  const auto& cost = core::find_preset("llama-3-8b")->cost;
  const core::Uint128 weights = 2 * core::total_parameters(cost);
  std::int64_t tokens = 1;
  while (core::kv_cache_bytes(cost, core::KvDtype::f16, tokens) <= weights) ++tokens;
  const auto scene = drawn(
      looking, {"", [](Frame& f, const Rect& r) { draw_stage_bill(f, r, {.tokens = 100'000}); }},
      wide);
  EXPECT_TRUE(says(scene, scene::grouped_text(static_cast<core::Uint128>(tokens)) + " tokens on"));
}

TEST(StageBill, CountsLatentValuesInsteadOfHeads) {
  Looking looking;
  const auto scene = drawn(
      looking,
      {"", [](Frame& f,
              const Rect& r) { draw_stage_bill(f, r, {.preset = "deepseek-v3", .tokens = 1000}); }},
      wide);
  EXPECT_TRUE(says(scene, "35,136"));  // 61 layers of 512 + 64 values
  EXPECT_TRUE(says(scene, "512 latent + 64 rotary"));
  EXPECT_FALSE(find_part(
      scene, {.kind = PartKind::bill_index, .a = static_cast<int>(scene::BillIndex::kv_heads)}));
}

TEST(StageRoofline, SaysWhatTheRooflineSays) {
  Looking looking;
  const auto scene = drawn(
      looking,
      {"", [](Frame& f, const Rect& r) { draw_stage_roofline(f, r, {.tokens = 100'000}); }}, wide);
  const auto& cost = core::find_preset("llama-3-8b")->cost;
  const double flops = core::estimated_forward_flops(cost.model, 100'000, false);
  const double weights = 2 * core::to_double(core::total_parameters(cost));
  EXPECT_TRUE(
      says(scene, scene::seconds_text(core::roofline_seconds(core::h100_sxm, flops, weights))));
  EXPECT_TRUE(says(scene, "ridge 295"));
  EXPECT_TRUE(says(scene, "989 TFLOP/s"));
  EXPECT_TRUE(says(scene, "3.35 TB/s"));
  EXPECT_TRUE(says(scene, "limited by memory"));
  EXPECT_TRUE(says(scene, "limited by computing"));
  EXPECT_TRUE(says(scene, "795\u00D7"));  // cost_model_test.cpp has the same ratio
}

// With a large batch decoding with the cache does more for each byte of weights.
TEST(StageRoofline, BatchMovesDecodingTowardsTheRidge) {
  Looking looking;
  const auto at = [&](std::int64_t batch) {
    const auto scene = drawn(
        looking,
        {"", [&](Frame& f,
                 const Rect& r) { draw_stage_roofline(f, r, {.tokens = 512, .batch = batch}); }},
        wide);
    return find_part(scene, {.kind = PartKind::roofline_point, .a = 1})->center();
  };
  EXPECT_GT(at(64).x, at(1).x + 20);
  EXPECT_LT(at(64).y, at(1).y - 20);
}

TEST(StageBench, ShowsMediansRatiosAndTheirBadges) {
  Looking looking;
  const auto scene = drawn(looking, all_views()[12], wide);
  for (const char* words :
       {"520 ms", "120 ms", "4.35\u00D7", "13.6\u00D7", "measured", "counted", "1.9059 s",
        "0.1579 s", "12.1\u00D7", "3.81 s", "1.65 s", "2.3\u00D7", "published; machine not stated"})
    EXPECT_TRUE(says(scene, words)) << words;
  EXPECT_TRUE(find_part(scene, {.kind = PartKind::bench_bar, .a = 0}));
  EXPECT_TRUE(find_part(scene, {.kind = PartKind::bench_bar, .a = 1}));
}

TEST(StageBench, PendingShowsOnlyWhatOthersPublished) {
  Looking looking;
  const auto scene = drawn(looking, all_views()[13], wide);
  EXPECT_TRUE(says(scene, "measuring on this machine"));
  EXPECT_TRUE(says(scene, "12.1\u00D7"));
  EXPECT_FALSE(find_part(scene, {.kind = PartKind::bench_bar, .a = 0}));
}

TEST(StageLoop, ArrowLeadsFromTheChosenTokenToTheEndOfTheText) {
  Looking looking;
  const View view{"", [](Frame& f, const Rect& r) { draw_stage_loop(f, r); }};
  const auto back_of = [&](const scene::Scene& scene) {
    for (const auto& path : paths_of(scene))
      if (path.points.size() == 5) return path.points;
    return std::vector<Vec2>{};
  };
  const auto at_rest = drawn(looking, view, wide);
  const auto back = back_of(at_rest);
  ASSERT_EQ(back.size(), 5U);
  const auto chosen = find_part(at_rest, {.kind = PartKind::candidate, .a = 0});
  const auto newest = find_part(at_rest, {.kind = PartKind::token, .a = 7});
  ASSERT_TRUE(chosen && newest);
  EXPECT_NEAR(back.front().y, chosen->center().y, 0.5F);
  EXPECT_NEAR(back.back().x, newest->center().x, 0.5F);

  // Chosen, but not yet in the text: it leads to an empty place.
  looking.moment = within(3, 0, scene::Operation::choice, 0.3F);
  const auto choosing = drawn(looking, view, wide);
  EXPECT_FALSE(find_part(choosing, {.kind = PartKind::token, .a = 7}));
  EXPECT_EQ(back_of(choosing).size(), 5U);

  looking.moment = within(3, 0, scene::Operation::scores, 0.3F);
  const auto before = drawn(looking, view, wide);
  EXPECT_TRUE(back_of(before).empty());
  EXPECT_FALSE(find_part(before, {.kind = PartKind::candidate, .a = 0}));
}

TEST(StageLoop, LongTextKeepsItsEnd) {
  Looking looking = one_token_run(60);
  const View view{"", [](Frame& f, const Rect& r) { draw_stage_loop(f, r); }};
  const Rect area{0, 0, 860, 560};
  const auto scene = drawn(looking, view, area);
  expect_inside(scene, area);
  expect_apart(scene);
  EXPECT_TRUE(find_part(scene, {.kind = PartKind::token, .a = 60}));
  EXPECT_FALSE(find_part(scene, {.kind = PartKind::token, .a = 0}));
}

}  // namespace
}  // namespace kv::test
