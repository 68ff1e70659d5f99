#include "core/files/safetensors_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "core/base/utf8.h"

namespace kv::core {
namespace {

bool is_valid_name(std::string_view name) {
  if (name.empty() || name.size() > 512 || name == "__metadata__") return false;
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  };
  return std::none_of(name.begin(), name.end(), is_control) &&
         find_invalid_utf8(name) == std::string_view::npos;
}

bool has_shape(const TensorView& tensor) {
  std::uint64_t product = 1;
  for (std::size_t i = 0; i < tensor.shape.rank; ++i)
    if (__builtin_mul_overflow(product, tensor.shape.sizes[i], &product)) return false;
  return product == tensor.values.size();
}

Status check(std::span<const TensorView> tensors) {
  if (tensors.size() > safetensors_tensor_limit)
    return Error{ErrorKind::internal, "more tensors than a safetensors file holds"};
  std::set<std::string_view> names;
  for (const TensorView& tensor : tensors)
    if (!is_valid_name(tensor.name) || !has_shape(tensor) || !names.insert(tensor.name).second)
      return Error{ErrorKind::internal,
                   tensor_in_message(tensor.name) + ": name or shape cannot be written"};
  return {};
}

std::string make_header(std::span<const TensorView> tensors) {
  std::string text = "{";
  std::uint64_t begin = 0;
  for (const TensorView& tensor : tensors) {
    const std::uint64_t end = begin + tensor.values.size_bytes();
    if (text.size() > 1) text += ',';
    text += nlohmann::json(tensor.name).dump() + R"(:{"dtype":"F32","shape":)" +
            to_string(tensor.shape) + R"(,"data_offsets":[)" + std::to_string(begin) + ',' +
            std::to_string(end) + "]}";
    begin = end;
  }
  text += '}';
  text.append((8 - text.size() % 8) % 8, ' ');
  return text;
}

}  // namespace

Status write_safetensors(std::span<const TensorView> tensors, const ByteSink& sink) {
  if (auto error = check(tensors)) return error;
  const std::string header = make_header(tensors);
  if (header.size() > safetensors_header_limit)
    return Error{ErrorKind::internal, "a safetensors header of more than 16 MiB"};
  const std::uint64_t length = header.size();
  bool going = sink(std::as_bytes(std::span(&length, 1))) && sink(std::as_bytes(std::span(header)));
  for (const TensorView& tensor : tensors)
    going = going && (tensor.values.empty() || sink(std::as_bytes(tensor.values)));
  if (!going) return Error{ErrorKind::machine, "the safetensors file could not be written"};
  return {};
}

}  // namespace kv::core
