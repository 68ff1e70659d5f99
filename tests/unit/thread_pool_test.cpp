#include "app/shell/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>

#include "core/engine/forward.h"
#include "core/model/random_model.h"
#include "core/run/compare.h"

namespace kv::test {
namespace {

TEST(ThreadPool, RunsEveryPartOnceEveryTime) {
  for (const int threads : {1, 2, 5}) {
    app::ThreadPool pool(threads);
    ASSERT_EQ(pool.parts(), threads);
    std::vector<std::atomic<int>> runs(static_cast<std::size_t>(threads));
    for (int round = 1; round <= 300; ++round) {
      core::for_each_part(&pool, [&](int part) { ++runs[static_cast<std::size_t>(part)]; });
      for (const auto& count : runs) ASSERT_EQ(count, round);
    }
  }
}

TEST(ThreadPool, PartsCoverTheWholeWithoutOverlap) {
  for (const std::int64_t count : {0, 1, 15, 16, 17, 100, 1000})
    for (const int parts : {1, 2, 3, 7})
      for (const std::int64_t grain : {1, 16}) {
        std::int64_t next = 0;
        for (int part = 0; part < parts; ++part) {
          const auto range = core::part_range(count, part, parts, grain);
          EXPECT_EQ(range.begin, next);
          EXPECT_GE(range.end, range.begin);
          next = range.end;
        }
        EXPECT_EQ(next, count);
      }
}

TEST(ThreadPool, ThreadsChangeNoResultAndNoCount) {
  // Large enough that the work is worth sharing.
  const auto spec =
      core::parse_random_model("random:width=256,layers=1,heads=8,kv_heads=2,vocab=4096");
  ASSERT_TRUE(spec);
  const auto model = core::make_random_model(*spec, "wide", UINT64_MAX);
  ASSERT_TRUE(model);
  std::vector<core::Token> tokens(96);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    tokens[i] = static_cast<core::Token>(i * 31 % 4096);
  const auto compute = [&](core::Parallel* parallel) {
    core::Workspace work;
    core::KvCache cache;
    core::make_room(cache, (*model)->config, 97);
    auto result =
        core::forward(**model, core::view_of(cache), tokens, work, {.parallel = parallel});
    cache.rows = 96;
    core::OpCount count = result.count;
    result = core::forward(**model, core::view_of(cache), std::span(tokens).first(1), work,
                           {.parallel = parallel});
    count += result.count;
    return std::pair(std::vector<float>(result.logits.begin(), result.logits.end()), count);
  };
  const auto alone = compute(nullptr);
  for (const int threads : {2, 3}) {
    app::ThreadPool pool(threads);
    const auto shared = compute(&pool);
    EXPECT_EQ(shared.second, alone.second);
    EXPECT_LE(core::max_abs_difference(shared.first, alone.first),
              1e-5 * core::max_abs(alone.first));
  }
}

}  // namespace
}  // namespace kv::test
