#include "core/base/parallel.h"

namespace kv::core {
namespace {

// Measured with threads that are awake; ten microseconds of one thread's work.
constexpr std::int64_t smallest_shared = 100'000;

}  // namespace

Parallel* worth_sharing(Parallel* parallel, std::int64_t multiply_adds) {
  return multiply_adds >= smallest_shared ? parallel : nullptr;
}

}  // namespace kv::core
