// What a machine's two numbers are measured with: memory to read in one straight line, and a product
// of the kind that forward() computes with (Eigen's).
#pragma once

#include <cstddef>

#include "core/base/aligned_buffer.h"
#include "core/base/parallel.h"

namespace kv::core {

class MemoryReader {
 public:
  // Takes every page of it, by the threads that will read it.
  MemoryReader(std::size_t bytes, Parallel* parallel);
  bool there() const { return memory_.size() > 0; }  // else the machine has not that much
  double bytes() const { return static_cast<double>(memory_.size()) * sizeof(float); }
  // All of it, once.
  void read();

 private:
  AlignedBuffer memory_;
  Parallel* parallel_;
};

// C = A B^T, all three [size, size].
class SquareProduct {
 public:
  SquareProduct(int size, Parallel* parallel);
  double flops() const { return 2.0 * size_ * size_ * size_; }
  void multiply();

 private:
  int size_;
  Parallel* parallel_;
  AlignedBuffer a_, b_, c_;
};

}  // namespace kv::core
