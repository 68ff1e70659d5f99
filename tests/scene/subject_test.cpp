// What a picture is of: costs of both sides as sums, and what replays are asked to record.
#include "viz/scene/subject.h"

#include <gtest/gtest.h>

#include "core/model/random_model.h"
#include "viz/scene/operation.h"

namespace kv::test {
namespace {

core::Run random_run(const char* model, int prompt, int steps) {
  const auto spec = core::parse_random_model(model);
  core::Workspace work;
  core::Run run = *core::start_run(*core::make_random_model(*spec, model, std::uint64_t{1} << 30),
                                   std::vector<core::Token>(static_cast<std::size_t>(prompt), 1));
  for (int i = 0; i < steps; ++i) run = *core::extend(std::move(run), work);
  return run;
}

constexpr const char* tiny = "random:width=8,layers=2,heads=2,ffn=16,vocab=32,context=64";

void expect_same(const scene::CostSeries& a, const scene::CostSeries& b) {
  EXPECT_EQ(a.cached, b.cached);
  EXPECT_EQ(a.uncached, b.uncached);
  EXPECT_EQ(a.step_cached, b.step_cached);
  EXPECT_EQ(a.step_uncached, b.step_uncached);
  EXPECT_EQ(a.uncached_counted, b.uncached_counted);
}

TEST(CostSeries, AgreesWithTheClosedFormsToTheLastOperation) {
  const core::Run run = random_run(tiny, 5, 7);
  const auto series = scene::cost_series(run);
  const auto& config = run.model->config;
  ASSERT_EQ(series.cached.size(), 8U);
  EXPECT_EQ(series.cached[0], core::OpCount{});
  EXPECT_EQ(series.uncached[0], core::OpCount{});
  for (int s = 1; s <= 7; ++s) {
    const auto at = static_cast<std::size_t>(s);
    EXPECT_EQ(series.cached[at], core::run_cost(config, core::Side::cached, 5, 4 + s)) << s;
    EXPECT_EQ(series.uncached[at], core::run_cost(config, core::Side::uncached, 5, 4 + s)) << s;
    EXPECT_EQ(series.step_uncached[at], core::forward_cost(config, 0, 4 + s)) << s;
    EXPECT_FALSE(series.uncached_counted[at]);
  }
}

TEST(CostSeries, UpdatedStepByStepIsWhatOneMadeAtOnceIs) {
  core::Workspace work;
  core::Run run = random_run(tiny, 3, 0);
  auto series = scene::cost_series(run);
  for (int s = 0; s < 5; ++s) {
    run = *core::extend(std::move(run), work);
    scene::update_costs(series, run, s);
    expect_same(series, scene::cost_series(run));
  }
  run = core::with_uncached(run, 2, *core::compute_uncached(run, 2, work));
  scene::update_costs(series, run, 2);
  expect_same(series, scene::cost_series(run));
  EXPECT_TRUE(series.uncached_counted[3]);
  EXPECT_FALSE(series.uncached_counted[4]);
  run = core::rewind(run, 2);
  scene::update_costs(series, run, 2);
  expect_same(series, scene::cost_series(run));
  const core::Run other = random_run(tiny, 6, 2);
  scene::update_costs(series, other, 0);
  expect_same(series, scene::cost_series(other));
}

TEST(RecordForPicture, KeepsAllLayersOfAToyAndOneOfALargeRun) {
  const core::Run toy = random_run(tiny, 5, 1);
  EXPECT_TRUE(scene::record_for_picture(toy, 0, core::Side::uncached, 1).layers.empty());
  const core::Run large =
      random_run("random:width=32,layers=3,heads=8,ffn=16,vocab=32,context=512", 400, 1);
  const auto request = scene::record_for_picture(large, 0, core::Side::uncached, 1);
  EXPECT_EQ(request.layers, std::vector{1});
  EXPECT_TRUE(request.probabilities);
}

TEST(RecordForPicture, LeavesScoresOutBeyondItsLimit) {
  const core::Run run = random_run("random:width=8,layers=1,heads=1,ffn=8,vocab=32,context=2048",
                                   scene::scores_up_to, 2);
  EXPECT_TRUE(scene::record_for_picture(run, 0, core::Side::uncached, 0).scores);
  EXPECT_FALSE(scene::record_for_picture(run, 1, core::Side::uncached, 0).scores);
}

TEST(Operations, AreFoundByTheirIds) {
  int index = 0;
  for (const auto& info : scene::operations()) {
    EXPECT_EQ(static_cast<int>(info.operation), index++);
    EXPECT_EQ(scene::find_operation(info.id), &info);
  }
  EXPECT_EQ(scene::find_operation("attention"), nullptr);
  EXPECT_EQ(scene::find_operation(""), nullptr);
}

}  // namespace
}  // namespace kv::test
