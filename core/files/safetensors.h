// The header of a safetensors file: which tensors it holds, and where. Format: 8 bytes with the
// header's length (little endian), the header in JSON, then the tensors' bytes without gaps; see
// the format's own description in huggingface/safetensors.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/dtype.h"
#include "core/files/folder.h"

namespace kv::core {

inline constexpr std::uint64_t safetensors_header_limit = std::uint64_t{16} << 20;  // bytes
inline constexpr std::size_t safetensors_tensor_limit = 65536;

// Sizes of a tensor's axes; rank 0 is a single number.
struct TensorShape {
  static constexpr std::size_t max_rank = 8;
  std::array<std::uint64_t, max_rank> sizes{};
  std::size_t rank = 0;

  TensorShape() = default;
  TensorShape(std::initializer_list<std::uint64_t> list);
  bool operator==(const TensorShape&) const = default;
};

// "[32, 8]"
std::string to_string(const TensorShape& shape);

struct TensorInfo {
  std::string name;
  DType dtype = DType::f32;
  TensorShape shape;
  std::uint64_t elements = 0;  // product of the shape
  std::uint64_t begin = 0;     // first byte, counted from the start of the file
  std::uint64_t end = 0;       // one past the last
};

struct SafetensorsFile {
  std::string name;                 // within its folder
  std::vector<TensorInfo> tensors;  // in the order of their bytes
};

// Reads and checks the header of `name`, every rule of the format included: whatever is returned
// lies within the file, and every tensor has exactly the bytes that its type and shape ask for.
// Peak memory: a small multiple of the header, which is at most 16 MiB.
Result<SafetensorsFile> open_safetensors(const Folder& folder, std::string_view name);

// "model.safetensors: tensor "x"": how messages name a tensor.
std::string tensor_in_message(std::string_view name);

}  // namespace kv::core
