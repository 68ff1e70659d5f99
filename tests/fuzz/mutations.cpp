#include "tests/fuzz/mutations.h"

#include <algorithm>
#include <optional>

#include "core/base/random.h"

namespace kv::test {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}
  std::size_t below(std::size_t limit) {
    return limit == 0 ? 0 : core::random_bits(seed_, thrown_++) % limit;
  }
  const std::string& of(const std::vector<std::string>& list) { return list[below(list.size())]; }
  // Short ones as often as long ones.
  std::size_t length(std::size_t most) { return below(1 + (most >> below(8))); }

 private:
  std::uint64_t seed_, thrown_ = 0;
};

std::string piece_of(const std::string& text, Dice& dice) {
  const std::size_t at = dice.below(text.size());
  return text.substr(at, 1 + dice.length(64));
}

void change_digit(std::string& text, Dice& dice) {
  static constexpr std::string_view digits = "0123456789";
  std::size_t at = text.find_first_of(digits, dice.below(text.size()));
  if (at == std::string::npos) at = dice.below(text.size());
  const std::vector<std::string> numbers = {"0",   "-1",  "1", "4294967296", "18446744073709551615",
                                            "1e9", "0.5", "7"};
  if (dice.below(2) == 0)
    text[at] = digits[dice.below(digits.size())];
  else
    text.replace(at, 1, dice.of(numbers));
}

void change(std::string& text, const std::vector<std::string>& inputs,
            const std::vector<std::string>& words, Dice& dice) {
  if (text.empty()) text = "{";
  const std::size_t at = dice.below(text.size());
  switch (dice.below(words.empty() ? 8 : 11)) {
    case 0:
      text[at] = static_cast<char>(text[at] ^ (1 << dice.below(8)));
      break;
    case 1:
      text[at] = static_cast<char>(dice.below(256));
      break;
    case 2:
      text.erase(at, 1 + dice.length(40));
      break;
    case 3:
      text.insert(at, piece_of(text, dice));
      break;
    case 4: {
      const std::string piece = piece_of(text, dice);
      text.replace(at, piece.size(), piece);
      break;
    }
    case 5: {
      const std::string& other = dice.of(inputs);
      text = text.substr(0, at) + other.substr(dice.below(other.size() + 1));
      break;
    }
    case 6:
      text.resize(at);
      break;
    case 7:
      change_digit(text, dice);
      break;
    case 8:
      text.replace(at, dice.length(12), dice.of(words));
      break;
    default:
      text.insert(at, dice.of(words));
      break;
  }
}

std::optional<unsigned> hex_value(std::string_view two) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  if (two.size() < 2) return {};
  const std::size_t high = digits.find(two[0]), low = digits.find(two[1]);
  if (high == std::string_view::npos || low == std::string_view::npos) return {};
  return static_cast<unsigned>(16 * high + low);
}

std::string unescaped(std::string_view text) {
  std::string word;
  while (!text.empty()) {
    if (text.starts_with("\\x"))
      if (const auto value = hex_value(text.substr(2, 2))) {
        word += static_cast<char>(*value);
        text.remove_prefix(4);
        continue;
      }
    if (text.starts_with('\\') && text.size() > 1) text.remove_prefix(1);
    word += text[0];
    text.remove_prefix(1);
  }
  return word;
}

}  // namespace

std::vector<std::string> dictionary_words(std::string_view file) {
  std::vector<std::string> words;
  while (!file.empty()) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    const std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    if (line.size() > 2 && line.starts_with('"') && line.ends_with('"'))
      words.push_back(unescaped(line.substr(1, line.size() - 2)));
  }
  return words;
}

std::string mutated(const std::vector<std::string>& inputs, const std::vector<std::string>& words,
                    std::uint64_t seed, std::size_t most) {
  Dice dice(seed);
  std::string text = dice.of(inputs);
  for (std::size_t left = 1 + dice.below(4); left > 0; --left) change(text, inputs, words, dice);
  text.resize(std::min(text.size(), most));
  return text;
}

}  // namespace kv::test
