#include "core/files/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>
#include <utility>

#include "core/base/json_describe.h"
#include "core/base/strict_json.h"
#include "core/base/wrong_download.h"

namespace kv::core {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little, "the format is little endian");

constexpr std::uint64_t length_bytes = 8;  // of the field that holds the header's length
constexpr std::uint64_t smallest_file = length_bytes + 2;  // "{}"
constexpr std::size_t longest_name = 512;

// The header's place within the file, checked against the file's size.
struct HeaderPlace {
  std::uint64_t length = 0;
  std::uint64_t file_size = 0;
};

Result<HeaderPlace> find_header(const Folder& folder, std::string_view name,
                                const std::string& path) {
  const auto size = folder.size(name);
  if (!size) return size.error();
  std::string beginning(std::min<std::uint64_t>(*size, wrong_download_bytes), '\0');
  if (auto error = folder.read(name, 0, std::as_writable_bytes(std::span(beginning))))
    return *error;
  if (const auto what = recognise_wrong_download(beginning); !what.empty())
    return input_error(path, "", what, "a safetensors file");
  if (*size < smallest_file)
    return input_error(path, "size", std::to_string(*size) + " bytes",
                       "at least " + std::to_string(smallest_file));
  std::uint64_t length = 0;
  std::memcpy(&length, beginning.data(), sizeof length);
  // Subtracted, never added: the length may be anything up to 2^64 - 1.
  if (length > safetensors_header_limit || length > *size - length_bytes || length < 2)
    return input_error(
        path, "header length", std::to_string(length),
        "2 to " + std::to_string(std::min(safetensors_header_limit, *size - length_bytes)));
  return HeaderPlace{length, *size};
}

// Header text without its padding, which may only be spaces.
Result<std::string> read_header(const Folder& folder, std::string_view name,
                                const std::string& path, const HeaderPlace& place) {
  std::string text(static_cast<std::size_t>(place.length), '\0');
  if (auto error = folder.read(name, length_bytes, std::as_writable_bytes(std::span(text))))
    return *error;
  if (text[0] != '{')
    return input_error(path, "header", core::quoted(text.substr(0, 8)), "\"{\" first");
  const auto last = text.find_last_not_of(' ');
  if (text[last] == '\n' || text[last] == '\r' || text[last] == '\t' || text[last] == '\0')
    return input_error(path, "header", "padding of " + core::quoted(text.substr(last, 1)),
                       "only spaces");
  text.resize(last + 1);
  return text;
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

Status check_metadata(const json& metadata, const std::string& path) {
  if (!metadata.is_object())
    return input_error(path, "__metadata__", describe(metadata), "an object of strings");
  for (const auto& [key, value] : metadata.items())
    if (!value.is_string())
      return input_error(path, "__metadata__." + core::quoted(key), describe(value), "a string");
  return {};
}

// One entry of the header. `data` is the number of bytes behind the header.
class EntryParser {
 public:
  EntryParser(const std::string& path, std::uint64_t data) : path_(path), data_(data) {}

  // Leaves `begin` and `end` relative to the data.
  Result<TensorInfo> parse(const std::string& name, const json& entry) {
    TensorInfo info;
    info.name = name;
    field_ = tensor_in_message(name);
    if (name.empty() || name.size() > longest_name || has_control_character(name))
      return wrong("a name of " + std::to_string(name.size()) + " bytes" +
                       (has_control_character(name) ? " with control characters" : ""),
                   "1 to 512 bytes without control characters");
    if (!entry.is_object()) return wrong(describe(entry), "an object");
    for (const auto& [key, value] : entry.items())
      if (key != "dtype" && key != "shape" && key != "data_offsets")
        return wrong("the key " + core::quoted(key), "exactly dtype, shape and data_offsets");
    for (const char* key : {"dtype", "shape", "data_offsets"})
      if (!entry.contains(key))
        return wrong(std::string("no ") + key, "dtype, shape, data_offsets");
    if (auto error = parse_dtype(entry["dtype"], info)) return *error;
    if (auto error = parse_shape(entry["shape"], info)) return *error;
    if (auto error = parse_offsets(entry["data_offsets"], info)) return *error;
    return info;
  }

 private:
  Error wrong(std::string_view found, std::string_view expected) const {
    return input_error(path_, field_, found, expected);
  }

  Status parse_dtype(const json& value, TensorInfo& info) {
    field_ += ": dtype";
    const auto dtype =
        value.is_string() ? dtype_named(value.get_ref<const std::string&>()) : std::nullopt;
    if (!dtype) return wrong(describe(value), "a type such as \"F32\", \"F16\" or \"BF16\"");
    info.dtype = *dtype;
    field_ = tensor_in_message(info.name);
    return {};
  }

  Status parse_shape(const json& value, TensorInfo& info) {
    field_ += ": shape";
    if (!value.is_array() || value.size() > TensorShape::max_rank)
      return wrong(describe(value), "an array of at most 8 unsigned integers");
    // Zeros are left out of the product that is checked: [2^40, 2^40, 0] is as wrong as without it.
    std::uint64_t product = 1;
    bool empty = false;
    for (const json& size : value) {
      if (!size.is_number_unsigned()) return wrong(describe(value), "unsigned integers");
      const auto count = size.get<std::uint64_t>();
      info.shape.sizes[info.shape.rank++] = count;
      empty |= count == 0;
      if (count != 0 && __builtin_mul_overflow(product, count, &product))
        return wrong(describe(value), "a product below 2^64");
    }
    std::uint64_t bits = 0;
    if (__builtin_mul_overflow(product, static_cast<std::uint64_t>(bits_of(info.dtype)), &bits))
      return wrong(describe(value), "a product below 2^64");
    info.elements = empty ? 0 : product;
    field_ = tensor_in_message(info.name);
    return {};
  }

  Status parse_offsets(const json& value, TensorInfo& info) {
    field_ += ": data_offsets";
    if (!value.is_array() || value.size() != 2 || !value[0].is_number_unsigned() ||
        !value[1].is_number_unsigned())
      return wrong(describe(value), "two unsigned integers");
    info.begin = value[0].get<std::uint64_t>();
    info.end = value[1].get<std::uint64_t>();
    if (info.begin > info.end) return wrong(describe(value), "begin <= end");
    if (info.end > data_)
      return wrong(describe(value),
                   "an end within the " + std::to_string(data_) + " bytes of data in the file");
    const std::uint64_t bits = info.elements * static_cast<std::uint64_t>(bits_of(info.dtype));
    if (bits % 8 != 0 || info.end - info.begin != bits / 8)
      return wrong(describe(value) + ", " + std::to_string(info.end - info.begin) + " bytes",
                   std::to_string(bits / 8) + " bytes for " + name_of(info.dtype) + " " +
                       to_string(info.shape));
    return {};
  }

  const std::string& path_;
  std::uint64_t data_;
  std::string field_;
};

// Sorts the tensors by place; each must begin where the last one ended.
Status check_contiguous(std::vector<TensorInfo>& tensors, const std::string& path,
                        std::uint64_t data) {
  std::sort(tensors.begin(), tensors.end(), [](const TensorInfo& a, const TensorInfo& b) {
    return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
  });
  std::uint64_t expected = 0;
  for (const TensorInfo& tensor : tensors) {
    if (tensor.begin != expected)
      return input_error(path, tensor_in_message(tensor.name) + ": data_offsets",
                         std::string(tensor.begin < expected ? "an overlap" : "a hole") +
                             ", begin " + std::to_string(tensor.begin),
                         "begin " + std::to_string(expected) + ", where the last one ended");
    expected = tensor.end;
  }
  if (expected != data)
    return input_error(path, "data", std::to_string(data) + " bytes behind the header",
                       std::to_string(expected) + ", where the last tensor ends");
  return {};
}

Result<std::vector<TensorInfo>> parse_entries(const json& header, const std::string& path,
                                              std::uint64_t data) {
  const std::size_t count = header.size() - header.count("__metadata__");
  if (count > safetensors_tensor_limit)
    return input_error(path, "header", std::to_string(count) + " tensors",
                       "at most " + std::to_string(safetensors_tensor_limit));
  std::vector<TensorInfo> tensors;
  tensors.reserve(count);
  EntryParser parser(path, data);
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") {
      if (auto error = check_metadata(entry, path)) return *error;
      continue;
    }
    auto info = parser.parse(name, entry);
    if (!info) return info.error();
    tensors.push_back(*std::move(info));
  }
  return tensors;
}

}  // namespace

TensorShape::TensorShape(std::initializer_list<std::uint64_t> list)
    : rank(std::min(list.size(), max_rank)) {
  std::copy_n(list.begin(), rank, sizes.begin());
}

std::string to_string(const TensorShape& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.rank; ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(shape.sizes[i]);
  return text + "]";
}

std::string tensor_in_message(std::string_view name) { return "tensor " + quoted(name, 120); }

Result<SafetensorsFile> open_safetensors(const Folder& folder, std::string_view name) {
  const std::string path = path_in(folder, name);
  const auto place = find_header(folder, name, path);
  if (!place) return place.error();
  auto text = read_header(folder, name, path, *place);
  if (!text) return text.error();
  const auto header = parse_strict_json(*text, path + ": header", {safetensors_header_limit, 8});
  if (!header) return header.error();
  const std::uint64_t data_begin = length_bytes + place->length;
  const std::uint64_t data = place->file_size - data_begin;
  auto tensors = parse_entries(*header, path, data);
  if (!tensors) return tensors.error();
  if (auto error = check_contiguous(*tensors, path, data)) return *error;
  for (TensorInfo& tensor : *tensors) {
    tensor.begin += data_begin;
    tensor.end += data_begin;
  }
  return SafetensorsFile{std::string(name), *std::move(tensors)};
}

}  // namespace kv::core
