// The figures on the pages of the place Costs are those of the cost model and of what was measured.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/cost/cache_kinds.h"
#include "core/cost/inference.h"
#include "tests/scene/costs_drawn.h"
#include "viz/scene/explain_lab.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/costs_parts.h"

namespace kv::test {
namespace {

using core::Side;
using scene::PartKind;

TEST(CostsMemory, SaysWhatTheCostModelSays) {
  Looking looking = costs_of();
  const auto scene = drawn(looking, memory_page(), usual_page);
  for (const char* words : {"13.1 GB", "12.2 GiB", "13,107,200,000 B", "131,072", "16.1 GB",
                            "52.4 GB", "\u00F7 4", "122,533 tokens"})
    EXPECT_TRUE(says(scene, words)) << words;
  const core::Uint128 weights = 2 * core::total_parameters(looking.view.scenario.sizes);
  const core::Uint128 fitting = (80'000'000'000 - weights) / 131'072;
  EXPECT_TRUE(says(scene, scene::grouped_text(fitting)));
  for (int index = 0; index < 6; ++index)
    EXPECT_TRUE(find_part(scene, {.kind = PartKind::bill_index, .a = index})) << index;
}

TEST(CostsMemory, FramesTheModelsOwnKindAlone) {
  for (const auto& [preset, own] : {std::pair{"llama-3-8b", core::CacheKind::grouped_query},
                                    std::pair{"llama-2-7b", core::CacheKind::multi_head},
                                    std::pair{"deepseek-v3", core::CacheKind::latent}}) {
    Looking looking = costs_of(preset);
    const auto scene = drawn(looking, memory_page(), usual_page);
    for (const core::CacheKind kind : core::cache_kinds) {
      const auto row =
          find_part(scene, {.kind = PartKind::cache_kind, .a = static_cast<int>(kind)});
      ASSERT_TRUE(row);
      const bool framed = std::ranges::any_of(scene.items, [&](const scene::Primitive& item) {
        const auto* box = std::get_if<scene::Box>(&item);
        return box && box->rect == *row && box->line_width == 2;
      });
      EXPECT_EQ(framed, kind == own) << preset;
    }
  }
}

// The bar is linear in tokens, and its scale reaches to a memory that still shows it well.
TEST(CostsMemory, BarGrowsInAStraightLine) {
  std::vector<float> ends;
  for (const std::int64_t tokens : {50'000, 100'000, 150'000}) {
    Looking looking = costs_of("llama-3-8b", tokens);
    const auto scene = drawn(looking, memory_page(), usual_page);
    EXPECT_TRUE(find_part(scene, {.kind = PartKind::memory_mark, .a = 1}));
    for (const auto& place : scene.places)
      if (place.part.kind == PartKind::cache_bytes) ends.push_back(place.rect.right());
  }
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_GT(ends[1], ends[0] + 30);
  EXPECT_NEAR(ends[2] - ends[1], ends[1] - ends[0], 0.2F);
}

TEST(CostsRoofline, CountsExactly) {
  Looking looking = costs_of();
  EXPECT_TRUE(says(drawn(looking, roofline_page(), usual_page), "800\u00D7"));
  looking.view.scenario.causal = true;
  const auto causal = drawn(looking, roofline_page(), usual_page);
  EXPECT_TRUE(std::ranges::any_of(texts_of(causal),
                                  [](const Extent& text) { return text.what == "484\u00D7"; }));
  const core::InferenceSetting setting{.cost = looking.view.scenario.sizes, .causal = true};
  const core::Work prefill = core::prefill_work(setting, 100'000);
  EXPECT_TRUE(says(causal, scene::seconds_text(core::seconds_of(core::h100_sxm, prefill))));
  EXPECT_TRUE(says(causal, "max(bytes / bandwidth, FLOPs / peak)"));
}

TEST(CostsRoofline, SetsClaimsBesideTheModel) {
  Looking looking = costs_of();
  const auto scene = drawn(looking, roofline_page(), usual_page);
  for (const char* words :
       {"2.3\u00D7", "12.1\u00D7", "~500\u00D7", "5.33\u00D7", "64.7\u00D7", "49.6\u00D7",
        "800 / 484\u00D7", "795\u00D7", "491\u00D7", "27 against 144 tokens/s"})
    EXPECT_TRUE(says(scene, words)) << words;
  for (int claim = 0; claim < 4; ++claim)
    EXPECT_TRUE(find_part(scene, {.kind = PartKind::claim_row, .a = claim}));
}

// With the cache every product of one row is bound by memory; without it only the logits are.
TEST(CostsRoofline, SaysWhatBoundsEachComponent) {
  Looking looking = costs_of();
  const auto scene = drawn(looking, roofline_page(), usual_page);
  for (int c = 0; c < 8; ++c) {
    const auto row = find_part(scene, {.kind = PartKind::component_bound, .a = c});
    ASSERT_TRUE(row);
    std::vector<std::string> limits;
    for (const Extent& text : texts_of(scene))
      if (row->contains(text.rect.center()) && (text.what == "memory" || text.what == "compute"))
        limits.push_back(text.what);
    EXPECT_EQ(limits, (std::vector<std::string>{"memory", c == 7 ? "memory" : "compute"})) << c;
  }
}

TEST(CostsRoofline, CursorReadsTheSpeedsUnderThePointer) {
  Looking looking = costs_of();
  const auto& s = looking.view.scenario;
  looking.view.hover = {.kind = PartKind::speed_chart, .a = 10, .b = 333};
  const auto axes = scene::speed_axes(s, core::h100_sxm, {0, 0, 500, 300});
  const std::int64_t tokens = scene::speed_tokens(axes, looking.view.hover);
  EXPECT_GT(tokens, 900);
  EXPECT_LT(tokens, 1100);
  const double speed =
      core::tokens_per_second(core::h100_sxm, scene::inference_of(s), Side::uncached, tokens);
  const auto scene = drawn(looking, roofline_page(), usual_page);
  EXPECT_TRUE(says(scene, fmt::format("without  {:.3g} / s", speed)));
  EXPECT_NE(explain_costs_place(looking.frame(), looking.view.hover)
                .title.find(scene::count_text(tokens)),
            std::string::npos);
}

TEST(CostsRoofline, AsksForAMeasurementOfThisMachine) {
  Looking looking = costs_of("llama-3-8b", 100'000, false);
  looking.view.scenario.machine = "here";
  const auto scene = drawn(looking, roofline_page(), usual_page);
  EXPECT_TRUE(says(scene, "Not measured yet"));
  EXPECT_TRUE(scene.places.empty());
  looking.status.lab = std::make_shared<const scene::LabView>(measured_lab());
  EXPECT_TRUE(says(drawn(looking, roofline_page(), usual_page), "200 GFLOP/s"));
}

TEST(CostsMachine, ShowsWhatWasMeasured) {
  Looking looking = costs_of();
  const auto scene = drawn(looking, machine_page(), usual_page);
  for (const char* words :
       {"25.0 GB/s", "200 GFLOP/s", "ridge 8", "8.20 s", "680 ms", "520 ms", "12.1\u00D7",
        "64.7\u00D7", "4.35\u00D7", "2.00", "1.9059 s", "2.3\u00D7", "threads: 4"})
    EXPECT_TRUE(says(scene, words)) << words;
  for (const int side : {0, 1})
    for (const int bench : {0, 1})
      EXPECT_TRUE(find_part(scene, {.kind = PartKind::bench_bar, .a = side, .b = bench}));
}

TEST(CostsMachine, AsksForWhatWasNotMeasured) {
  Looking looking = costs_of("llama-3-8b", 100'000, false);
  const auto scene = drawn(looking, machine_page(), usual_page);
  const auto asks = std::ranges::count_if(texts_of(scene), [](const Extent& text) {
    return text.what.starts_with("Not measured yet");
  });
  EXPECT_EQ(asks, 4);
  EXPECT_TRUE(says(scene, "12.1\u00D7"));  // what others published
  EXPECT_FALSE(find_part(scene, {.kind = PartKind::bench_bar, .a = 0, .b = 0}));
}

// On a machine that computes at once, only bytes count; on one that reads at once, only FLOPs.
TEST(CostsMachine, RooflineOfABenchIsThatOfItsSteps) {
  Looking looking = costs_of();
  scene::LabView lab = measured_lab();
  const auto with_probe = [&](double bytes, double flops) {
    lab.probe = std::make_shared<const core::MachineProbe>(
        core::MachineProbe{.bytes_per_second = {bytes}, .flops_per_second = {flops}, .threads = 1});
    looking.status.lab = std::make_shared<const scene::LabView>(lab);
    return scene::roof_of_bench(looking.frame(), scene::BenchOf::attention);
  };
  const auto reading = with_probe(1e9, 1e30);
  ASSERT_TRUE(reading);
  const double weights = 3.0 * 4096 * 4096 * 4, rows = 2.0 * 4096 * 4 * (127 * 128 / 2.0);
  EXPECT_NEAR(reading->without, 128 * weights / 1e9, 1e-6);
  EXPECT_NEAR(reading->with, (128 * weights + rows) / 1e9, 1e-6);
  const auto computing = with_probe(1e30, 1e9);
  ASSERT_TRUE(computing);
  EXPECT_NEAR(computing->without / computing->with, 64.7, 0.05);
  lab.probe = nullptr;
  looking.status.lab = std::make_shared<const scene::LabView>(lab);
  EXPECT_FALSE(scene::roof_of_bench(looking.frame(), scene::BenchOf::attention));
}

}  // namespace
}  // namespace kv::test
