// What is measured of this machine depends on it: here only that something is, and how it ends.
#include "core/bench/machine_probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/shell/thread_pool.h"
#include "core/bench/yardsticks.h"

namespace kv::core {
namespace {

void expect_rate(double rate) {
  EXPECT_TRUE(std::isfinite(rate)) << rate;
  EXPECT_GT(rate, 0);
}

TEST(MachineProbe, MeasuresBothWithThreads) {
  app::ThreadPool pool(2);
  std::vector<double> shares;
  const auto probe = probe_machine({.parallel = &pool, .progress = [&](double share) {
                                      shares.push_back(share);
                                      return true;
                                    }});
  ASSERT_TRUE(probe) << probe.error().message;
  EXPECT_EQ(probe->threads, 2);
  EXPECT_GE(probe->bytes_per_second.size(), 3U);
  EXPECT_EQ(probe->bytes_per_second.size(), probe->flops_per_second.size());
  for (const double rate : probe->bytes_per_second) expect_rate(rate);
  for (const double rate : probe->flops_per_second) expect_rate(rate);
  EXPECT_GT(probe->machine().ridge(), 0);
  // At the start, and after each half of a round.
  ASSERT_EQ(shares.size(), 1 + 2 * probe->bytes_per_second.size());
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_EQ(shares.front(), 0);
  EXPECT_EQ(shares.back(), 1);
}

TEST(MachineProbe, IsAbandonedAtOnce) {
  for (const int allowed : {0, 1, 2}) {
    int calls = 0;
    const auto probe =
        probe_machine({.parallel = nullptr, .progress = [&](double) { return calls++ < allowed; }});
    ASSERT_FALSE(probe);
    EXPECT_EQ(probe.error().kind, ErrorKind::internal);
    EXPECT_EQ(probe.error().message, "abandoned");
    EXPECT_EQ(calls, allowed + 1);
  }
}

TEST(MachineProbe, TheMachineIsItsBestRounds) {
  const MachineProbe probe{
      .bytes_per_second = {3e9, 5e9, 4e9}, .flops_per_second = {7e10, 6e10, 1e10}, .threads = 1};
  const Machine machine = probe.machine();
  EXPECT_EQ(machine.bytes_per_second, 5e9);
  EXPECT_EQ(machine.flops_per_second, 7e10);
  EXPECT_FALSE(std::string(machine.name).empty());
}

TEST(Yardsticks, SayWhatOneTurnMoves) {
  for (const std::size_t bytes : {std::size_t{100}, std::size_t{1000}, std::size_t{9} << 20}) {
    MemoryReader reader(bytes, nullptr);
    ASSERT_TRUE(reader.there());
    EXPECT_EQ(reader.bytes(), static_cast<double>(bytes));
    reader.read();
  }
  for (const int size : {1, 2, 65}) {
    SquareProduct square(size, nullptr);
    EXPECT_EQ(square.flops(), 2.0 * size * size * size);
    square.multiply();
  }
}

}  // namespace
}  // namespace kv::core
