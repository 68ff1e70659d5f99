#include "core/bench/yardsticks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <numeric>

#include "core/base/random.h"
#include "core/engine/kernels.h"

namespace kv::core {
namespace {

// The compiler must believe that somebody looks at it.
void use(float value) { [[maybe_unused]] volatile float sink = value; }

// Enough sums at a time that memory is what they wait for.
float sum_of(const float* data, std::int64_t count) {
  constexpr std::int64_t lanes = 64;
  std::array<float, lanes> sums{};
  std::int64_t i = 0;
  for (; i + lanes <= count; i += lanes)
    for (std::int64_t lane = 0; lane < lanes; ++lane)
      sums[static_cast<std::size_t>(lane)] += data[i + lane];
  const float rest = std::accumulate(data + i, data + count, 0.0F);
  return std::accumulate(sums.begin(), sums.end(), rest);
}

template <class Job>
void each_part(AlignedBuffer& memory, Parallel* parallel, Job&& job) {
  const auto count = static_cast<std::int64_t>(memory.size());
  for_each_part(parallel, [&](int part) {
    const PartRange range = part_range(count, part, parts_of(parallel), 64);
    if (range.size() > 0) job(memory.data() + range.begin, range.size());
  });
}

AlignedBuffer square(int size) {
  return AlignedBuffer(static_cast<std::size_t>(size) * static_cast<std::size_t>(size));
}

void fill(AlignedBuffer& matrix, std::uint64_t seed) {
  for (std::size_t i = 0; i < matrix.size(); ++i)
    matrix.data()[i] = static_cast<float>(2 * random_unit(seed, i) - 1);
}

}  // namespace

MemoryReader::MemoryReader(std::size_t bytes, Parallel* parallel) : parallel_(parallel) {
  try {
    memory_ = AlignedBuffer(bytes / sizeof(float));
  } catch (const std::bad_alloc&) {
    return;
  }
  each_part(memory_, parallel_,
            [](float* data, std::int64_t count) { std::fill_n(data, count, 1.0F); });
}

void MemoryReader::read() {
  each_part(memory_, parallel_,
            [](float* data, std::int64_t count) { use(sum_of(data, count)); });
}

SquareProduct::SquareProduct(int size, Parallel* parallel)
    : size_(size), parallel_(parallel), a_(square(size)), b_(square(size)), c_(square(size)) {
  fill(a_, 1);
  fill(b_, 2);
}

void SquareProduct::multiply() {
  product({a_.data(), size_, size_}, b_.data(), size_, c_.data(), parallel_);
  use(c_.data()[0]);
}

}  // namespace kv::core
