#include "viz/scene/svg_text.h"

#include <fmt/format.h>

#include <cmath>

#include "core/base/utf8.h"

namespace kv::scene::svg {
namespace {

// Characters that XML 1.0 knows, besides what must be written otherwise.
bool is_allowed(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code != 0xFFFE && code != 0xFFFF;
}

}  // namespace

std::string number(float value) {
  if (!std::isfinite(value)) return "0";
  std::string text = fmt::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string place(const Rect& r) {
  return fmt::format(" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", number(r.x), number(r.y),
                     number(r.w), number(r.h));
}

std::string paint(std::string_view property, Color c) {
  if (c.a == 0) return fmt::format(" {}=\"none\"", property);
  std::string text = fmt::format(" {}=\"#{:02x}{:02x}{:02x}\"", property, c.r, c.g, c.b);
  if (c.a < 255) text += fmt::format(" {}-opacity=\"{:.3g}\"", property, c.a / 255.0);
  return text;
}

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = core::utf8_length(text);
    const char32_t code = length ? core::decode_utf8(text) : char32_t{0xFFFF};
    if (code == '&')
      out += "&amp;";
    else if (code == '<')
      out += "&lt;";
    else if (code == '>')
      out += "&gt;";
    else if (code == '"')
      out += "&quot;";
    else
      core::append_utf8(out, is_allowed(code) ? code : char32_t{0xFFFD});
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t here = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < here ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (unsigned k = 0; k < 4; ++k) out += k <= here ? letters[group >> (18 - 6 * k) & 63U] : '=';
  }
  return out;
}

}  // namespace kv::scene::svg
