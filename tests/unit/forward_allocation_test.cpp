// Steady decoding takes no memory: counted at the allocator, not believed.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/engine/forward.h"
#include "tests/support/random_models.h"

namespace {

std::atomic<long> allocations = 0;

// Not inlined: the compiler would see free() take what operator new gave, and warn.
[[gnu::noinline]] void* counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (!memory) throw std::bad_alloc();
  return memory;
}
[[gnu::noinline]] void release(void* memory) { std::free(memory); }

}  // namespace

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

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
    const long before = allocations;
    for (const core::Token& token : tokens) {
      core::forward(*model, core::view_of(cache), std::span(&token, 1), work);
      ++cache.rows;
    }
    EXPECT_EQ(allocations, before) << "trial " << trial;
  }
}

}  // namespace
}  // namespace kv::test
