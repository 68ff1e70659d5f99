// Counts what this test program has allocated through operator new, which is replaced here.
#pragma once

#include <cstddef>

namespace kv::test {

// The most bytes that were allocated at one time since it was made, beyond those at that moment.
class AllocationMeter {
 public:
  AllocationMeter();
  std::size_t peak() const;

 private:
  std::size_t start_;
};

}  // namespace kv::test
