#include "core/text/showable.h"

#include "core/base/utf8.h"
#include "core/text/tokenizer.h"

namespace kv::core {
namespace {

constexpr char hex[] = "0123456789ABCDEF";

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string escape(char32_t c) {
  // The letters of \a \b \t \n \v \f \r, which are the characters 7 to 13.
  if (c >= 7 && c <= 13) return {'\\', "abtnvfr"[c - 7]};
  std::string out = c < 0x80 ? "\\x" : "\\u";
  for (int shift = c < 0x80 ? 4 : 12; shift >= 0; shift -= 4) out += hex[c >> shift & 15];
  return out;
}

}  // namespace

std::string displayable(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const std::size_t length = utf8_length(bytes);
    if (length != 0) {
      out.append(bytes.substr(0, length));
    } else {
      const auto byte = static_cast<unsigned char>(bytes[0]);
      out.append({'<', '0', 'x', hex[byte >> 4], hex[byte & 15], '>'});
    }
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string escape_controls(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const char32_t c = decode_utf8(text);
    if (is_control(c)) {
      out += escape(c);
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace kv::core
