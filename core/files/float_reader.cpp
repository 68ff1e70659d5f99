#include "core/files/float_reader.h"

#include <algorithm>
#include <bit>

#include "core/files/half.h"

namespace kv::core {
namespace {

constexpr std::size_t stored_count = std::size_t{1} << 19;  // 1 MiB of 16-bit values

constexpr std::uint32_t exponent_mask = 0x7F800000u;

// 1 for infinities and NaNs. As an integer, so that a sum of it becomes vector instructions.
std::uint32_t not_finite(float value) {
  return (std::bit_cast<std::uint32_t>(value) & exponent_mask) == exponent_mask ? 1 : 0;
}

}  // namespace

Status FloatReader::read(std::string_view file, const TensorInfo& tensor, std::uint64_t first,
                         std::span<float> out) {
  if (tensor.dtype == DType::f32)
    return folder_.read(file, tensor.begin + first * sizeof(float), std::as_writable_bytes(out));
  return read_16_bits(file, tensor, first, out);
}

Status FloatReader::read_16_bits(std::string_view file, const TensorInfo& tensor,
                                 std::uint64_t first, std::span<float> out) {
  stored_.resize(std::min(stored_count, std::max(out.size(), stored_.size())));
  while (!out.empty()) {
    const auto stored = std::span(stored_).first(std::min(out.size(), stored_.size()));
    const std::uint64_t offset = tensor.begin + first * sizeof(std::uint16_t);
    if (auto error = folder_.read(file, offset, std::as_writable_bytes(stored))) return error;
    if (tensor.dtype == DType::bf16)
      std::transform(stored.begin(), stored.end(), out.begin(), from_bf16);
    else
      std::transform(stored.begin(), stored.end(), out.begin(), from_f16);
    first += stored.size();
    out = out.subspan(stored.size());
  }
  return {};
}

std::size_t find_not_finite(std::span<const float> values) {
  constexpr std::size_t block = 4096;
  for (std::size_t begin = 0; begin < values.size(); begin += block) {
    const auto part = values.subspan(begin, std::min(block, values.size() - begin));
    std::uint32_t count = 0;
    for (const float value : part) count += not_finite(value);
    if (count == 0) continue;
    const auto found = std::find_if(part.begin(), part.end(), not_finite);
    return begin + static_cast<std::size_t>(found - part.begin());
  }
  return values.size();
}

}  // namespace kv::core
