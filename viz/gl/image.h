// Pictures in memory, and as PNG.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace kv::gl {

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // rows from the top, 4 bytes a pixel
  bool operator==(const Image&) const = default;
};

// The same image gives the same bytes.
std::string encode_png(const Image& image);
// An input error for what is no PNG; `label` stands in the message.
core::Result<Image> decode_png(std::string_view bytes, const std::string& label);

}  // namespace kv::gl
