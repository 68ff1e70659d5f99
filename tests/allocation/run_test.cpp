// A long run takes the memory that is asked for before it begins, and no more.
#include <gtest/gtest.h>

#include "core/model/config.h"
#include "core/run/run.h"
#include "tests/malformed/allocation_meter.h"
#include "tests/support/random_models.h"

namespace kv::test {
namespace {

// Beside rows and scratch: what a run says of each step (tokens, counts, times), the room that the
// shortest cache has, and the newest row's probabilities, by which the two sides are compared.
constexpr std::size_t step_bytes = 1024, other_bytes = std::size_t{64} << 10;

std::size_t peak_of(const std::shared_ptr<const core::Model>& model, int steps, bool with_uncached) {
  const AllocationMeter meter;
  core::Workspace work;
  core::Run run = *core::start_run(model, {1});
  for (int i = 0; i < steps; ++i)
    run = *core::extend(std::move(run), work,
                        {.with_uncached = with_uncached, .keep_logits = false});
  EXPECT_EQ(run.cache.rows, steps);
  return meter.peak();
}

class RunAllocation : public testing::TestWithParam<bool> {};

TEST_P(RunAllocation, IsWhatTheClosedFormSays) {
  std::mt19937_64 random(47);
  for (const int steps : {1, 300, GetParam() ? 500 : 4000}) {
    core::ModelConfig config = random_config(random);
    config.context_length = steps;
    const auto model = random_model(config, random());
    const auto rows = static_cast<std::size_t>(steps) * core::cache_bytes_per_token(config);
    const std::size_t peak = peak_of(model, steps, GetParam());
    EXPECT_GE(peak, rows) << steps;
    EXPECT_LE(peak, core::decode_bytes(config, steps, GetParam()) +
                        static_cast<std::size_t>(steps) * step_bytes + other_bytes)
        << steps;
  }
}

INSTANTIATE_TEST_SUITE_P(Sides, RunAllocation, testing::Values(false, true),
                         [](const auto& side) { return side.param ? "Both" : "WithCacheAlone"; });

}  // namespace
}  // namespace kv::test
