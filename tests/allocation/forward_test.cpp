// Steady decoding takes no memory: measured at the allocator, not believed.
#include <gtest/gtest.h>

#include "core/engine/forward.h"
#include "tests/malformed/allocation_meter.h"
#include "tests/support/random_models.h"

namespace kv::test {
namespace {

TEST(ForwardAllocation, NoneInSteadyState) {
  std::mt19937_64 random(31);
  for (int trial = 0; trial < 10; ++trial) {
    const auto model = random_model(random_config(random), random());
    const auto tokens = random_tokens(model->config, 40, random);
    core::KvCache cache;
    core::make_room(cache, model->config, 40);
    core::Workspace work;
    core::forward(*model, core::view_of(cache), tokens, work);  // sizes it has then seen
    cache.rows = 0;
    const AllocationMeter meter;
    for (const core::Token& token : tokens) {
      core::forward(*model, core::view_of(cache), std::span(&token, 1), work);
      ++cache.rows;
    }
    EXPECT_EQ(meter.peak(), 0U) << "trial " << trial;
  }
}

TEST(ForwardAllocation, TheMeterSeesOne) {
  const AllocationMeter meter;
  const auto memory = std::make_unique<int>(1);
  EXPECT_GE(meter.peak(), sizeof(int));
}

}  // namespace
}  // namespace kv::test
