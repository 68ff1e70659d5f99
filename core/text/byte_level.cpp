#include "core/text/byte_level.h"

#include "core/base/utf8.h"

namespace kv::core {
namespace {

constexpr bool stands_for_itself(int byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xFF && byte != 0xAD);
}

// The bytes that do not, in ascending order: U+0100 + i is the letter of the i-th.
struct Displaced {
  unsigned char byte[68] = {};
  unsigned char rank[256] = {};
};

constexpr Displaced make_displaced() {
  Displaced table;
  unsigned char count = 0;
  for (int byte = 0; byte < 256; ++byte) {
    if (stands_for_itself(byte)) continue;
    table.byte[count] = static_cast<unsigned char>(byte);
    table.rank[byte] = count++;
  }
  return table;
}

constexpr Displaced displaced = make_displaced();

std::optional<unsigned char> byte_of_letter(char32_t letter) {
  if (letter >= 0x100 && letter < 0x100 + std::size(displaced.byte))
    return displaced.byte[letter - 0x100];
  if (letter < 0x100 && stands_for_itself(static_cast<int>(letter)))
    return static_cast<unsigned char>(letter);
  return {};
}

}  // namespace

char32_t letter_of_byte(unsigned char byte) {
  return stands_for_itself(byte) ? char32_t{byte} : char32_t{0x100} + displaced.rank[byte];
}

std::optional<std::string> bytes_of_letters(std::string_view letters) {
  std::string bytes;
  while (!letters.empty()) {
    const auto byte = byte_of_letter(decode_utf8(letters));
    if (!byte) return {};
    bytes.push_back(static_cast<char>(*byte));
    letters.remove_prefix(utf8_length(letters));
  }
  return bytes;
}

}  // namespace kv::core
