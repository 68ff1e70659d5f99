// The interface's words in its four languages. A phrase is a constant with all four; "{}" in it are
// places for arguments, filled from left to right, "{1}" "{2}" where languages order them
// differently. The words themselves are in words_*.def, one list a domain.
#pragma once

#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace kv::scene {

enum class Language { en, ru, zh, ko };
inline constexpr std::array<Language, 4> languages = {Language::en, Language::ru, Language::zh,
                                                      Language::ko};
// "en", and in its own words "English".
const char* code_of(Language language);
const char* name_of(Language language);

struct Phrase {
  const char* id;
  std::array<const char*, 4> text;  // en, ru, zh, ko
  const char* in(Language language) const { return text[static_cast<std::size_t>(language)]; }
};

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> arguments);
inline std::string say(const Phrase& phrase, Language language,
                       std::initializer_list<std::string_view> arguments = {}) {
  return fill(phrase.in(language), arguments);
}

namespace words {
#define KV_PHRASE(id, en, ru, zh, ko) inline constexpr Phrase id{#id, {en, ru, zh, ko}};
#include "viz/scene/words_all.def"
#undef KV_PHRASE
}  // namespace words

// Every phrase of the program, for checks of completeness and glyphs.
std::span<const Phrase* const> all_phrases();

}  // namespace kv::scene
