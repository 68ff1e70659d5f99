#include "app/shell/picture_size.h"

#include <charconv>

namespace kv::app {

core::Result<gl::Pixels> parse_picture_size(std::string_view text) {
  gl::Pixels size;
  const char* const end = text.data() + text.size();
  const auto width = std::from_chars(text.data(), end, size.width);
  const bool cross = width.ec == std::errc() && width.ptr != end && *width.ptr == 'x';
  const auto height =
      cross ? std::from_chars(width.ptr + 1, end, size.height) : std::from_chars_result{end, {}};
  constexpr int least = 64, most = 16384;
  const auto fits = [](int side) { return side >= least && side <= most; };
  if (cross && height.ec == std::errc() && height.ptr == end && fits(size.width) &&
      fits(size.height))
    return size;
  return core::Error{core::ErrorKind::usage,
                     "--size: found " + core::quoted(text) +
                         ", expected WIDTHxHEIGHT of 64 to 16384 pixels each, such as 1920x1080"};
}

}  // namespace kv::app
