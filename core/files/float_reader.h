// A stored tensor's values as float32, a range at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/files/folder.h"
#include "core/files/safetensors.h"

namespace kv::core {

// Keeps one buffer of 1 MiB for 16-bit types; float32 goes straight to where it is wanted.
class FloatReader {
 public:
  explicit FloatReader(const Folder& folder) : folder_(folder) {}

  // Elements first .. first + out.size() - 1 of `tensor`, in the file's order. The tensor's type
  // must be computable and the range within it. An input error when the file has become shorter.
  Status read(std::string_view file, const TensorInfo& tensor, std::uint64_t first,
              std::span<float> out);

 private:
  Status read_16_bits(std::string_view file, const TensorInfo& tensor, std::uint64_t first,
                      std::span<float> out);

  const Folder& folder_;
  std::vector<std::uint16_t> stored_;
};

// Index of the first value that is infinite or not a number; values.size() when all are finite.
std::size_t find_not_finite(std::span<const float> values);

}  // namespace kv::core
