// Writes float32 tensors as a safetensors file, in the order they are given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/files/safetensors.h"

namespace kv::core {

struct TensorView {
  std::string name;  // 1-512 bytes of UTF-8 without control characters, unlike all others
  TensorShape shape;
  std::span<const float> values;  // row by row; as many as the shape says
};

// Takes the file's bytes piece by piece, in order; false stops the writing.
using ByteSink = std::function<bool(std::span<const std::byte>)>;

// Hands the whole file to `sink`. The header is padded with spaces so that the data begins at a
// multiple of 8 bytes. An internal error when a name or a shape is not as described above, before
// anything is written; a machine error when the sink stops.
Status write_safetensors(std::span<const TensorView> tensors, const ByteSink& sink);

}  // namespace kv::core
