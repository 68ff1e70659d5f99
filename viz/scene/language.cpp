#include "viz/scene/language.h"

#include <algorithm>
#include <charconv>

namespace kv::scene {

const char* code_of(Language language) {
  constexpr std::array<const char*, 4> codes{"en", "ru", "zh", "ko"};
  return codes[static_cast<std::size_t>(language)];
}

const char* name_of(Language language) {
  constexpr std::array<const char*, 4> names{"English", "Русский", "中文", "한국어"};
  return names[static_cast<std::size_t>(language)];
}

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments) {
  std::string out;
  std::size_t next = 0;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    out += pattern.substr(0, open);
    pattern.remove_prefix(open);
    const std::size_t end = pattern.find_first_not_of("0123456789", 1);
    if (end == std::string_view::npos || pattern[end] != '}') {  // a brace that is no place
      out += pattern.substr(0, 1);
      pattern.remove_prefix(std::min<std::size_t>(1, pattern.size()));
      continue;
    }
    std::size_t which = 0;
    if (end == 1) {
      which = ++next;
    } else {
      std::from_chars(pattern.data() + 1, pattern.data() + end, which);
    }
    if (which >= 1 && which <= arguments.size()) out += arguments.begin()[which - 1];
    pattern.remove_prefix(end + 1);
  }
  return out;
}

std::span<const Phrase* const> all_phrases() {
  static constexpr const Phrase* all[] = {
#define KV_PHRASE(id, en, ru, zh, ko) &words::id,
#include "viz/scene/words_all.def"
#undef KV_PHRASE
  };
  return all;
}

}  // namespace kv::scene
