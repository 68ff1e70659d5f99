#include "app/shell/paper_size.h"

#include <cmath>
#include <cstdint>
#include <string_view>

namespace kv::app {
namespace {

// Bytes of a PNG before which a pHYs chunk may stand: its signature, and IHDR with 13 bytes.
constexpr std::size_t head_size = 8 + 4 + 4 + 13 + 4;
constexpr std::string_view signature = "\x89PNG\r\n\x1A\n";

void append_number(std::string& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(static_cast<unsigned char>(value >> shift));
}

// CRC-32 as PNG's annex D has it.
std::uint32_t checksum(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0xEDB88320U ^ (crc >> 1) : crc >> 1;
  }
  return ~crc;
}

}  // namespace

std::string with_resolution(std::string png, int pixels_per_inch) {
  if (!png.starts_with(signature) || png.size() < head_size) return png;
  const auto per_metre = static_cast<std::uint32_t>(std::lround(pixels_per_inch / 0.0254));
  std::string body = "pHYs";
  append_number(body, per_metre);
  append_number(body, per_metre);
  body += '\x01';  // the unit is the metre
  std::string chunk;
  append_number(chunk, static_cast<std::uint32_t>(body.size()) - 4);
  chunk += body;
  append_number(chunk, checksum(body));
  return png.insert(head_size, chunk);
}

std::string with_a4_size(std::string svg) {
  constexpr std::string_view before = R"(width="1240" height="1754")";
  constexpr std::string_view after = R"(width="210mm" height="297mm")";
  const std::size_t at = svg.find(before);
  // Of the picture itself, not of what is drawn in it.
  if (at < svg.find('>')) svg.replace(at, before.size(), after);
  return svg;
}

}  // namespace kv::app
