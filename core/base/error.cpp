#include "core/base/error.h"

#include "core/base/utf8.h"

namespace kv::core {

Error input_error(std::string_view file, std::string_view field, std::string_view found,
                  std::string_view expected) {
  std::string message(file);
  if (!field.empty()) message.append(": ").append(field);
  message.append(": found ").append(found).append(", expected ").append(expected);
  return {ErrorKind::input, std::move(message)};
}

std::string one_line(std::string_view text, std::size_t limit) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string out;
  std::size_t shown = 0;
  while (!text.empty()) {
    if (shown++ == limit) {
      out += "...";
      break;
    }
    const std::size_t length = utf8_length(text);
    const auto byte = static_cast<unsigned char>(text[0]);
    if (length == 0 || byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string quoted(std::string_view text, std::size_t limit) {
  return "\"" + one_line(text, limit) + "\"";
}

}  // namespace kv::core
