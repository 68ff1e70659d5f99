// Phrases: filled as written, complete in all languages, and the same places in each.
#include "viz/scene/language.h"

#include <gtest/gtest.h>

#include <set>

#include "core/base/utf8.h"

namespace kv::scene {
namespace {

TEST(Fill, PutsArgumentsInOrderOrByNumber) {
  EXPECT_EQ(fill("{} of {}", {"3", "8"}), "3 of 8");
  EXPECT_EQ(fill("{2}: {1}", {"a", "b"}), "b: a");
  EXPECT_EQ(fill("{1} and {1}", {"x"}), "x and x");
  EXPECT_EQ(fill("{}{}", {"\u0416", "\u4E2D"}), "\u0416\u4E2D");
  EXPECT_EQ(fill("nothing", {"x"}), "nothing");
  EXPECT_EQ(fill("", {}), "");
}

TEST(Fill, LeavesOutWhatIsMissingAndKeepsOtherBraces) {
  EXPECT_EQ(fill("[{}] [{}]", {"x"}), "[x] []");
  EXPECT_EQ(fill("{3}", {"x"}), "");
  EXPECT_EQ(fill("{0}", {"x"}), "");
  EXPECT_EQ(fill("{99999999999999999999}", {"x"}), "");
  EXPECT_EQ(fill("{a} {", {"x"}), "{a} {");
  EXPECT_EQ(fill("{1", {"x"}), "{1");
  EXPECT_EQ(fill("a } b", {"x"}), "a } b");
}

TEST(Fill, DoesNotReadArgumentsAsPatterns) { EXPECT_EQ(fill("{} {}", {"{2}", "y"}), "{2} y"); }

TEST(Languages, HaveCodesAndTheirOwnNames) {
  EXPECT_STREQ(code_of(Language::en), "en");
  EXPECT_STREQ(code_of(Language::ru), "ru");
  EXPECT_STREQ(code_of(Language::zh), "zh");
  EXPECT_STREQ(code_of(Language::ko), "ko");
  EXPECT_STREQ(name_of(Language::ru), "Русский");
  EXPECT_STREQ(name_of(Language::ko), "한국어");
}

TEST(Phrases, AreCompleteAndUnique) {
  std::set<std::string> ids;
  for (const Phrase* phrase : all_phrases()) {
    EXPECT_TRUE(ids.insert(phrase->id).second) << phrase->id;
    for (const Language language : languages) {
      const std::string_view text = phrase->in(language);
      EXPECT_FALSE(text.empty()) << phrase->id << " " << code_of(language);
      EXPECT_EQ(core::find_invalid_utf8(text), std::string_view::npos) << phrase->id;
      EXPECT_FALSE(text.starts_with(' ') || text.ends_with(' ')) << phrase->id;
    }
  }
  EXPECT_GT(ids.size(), 100U);
}

// Every argument appears the same number of times in every language: filled with marks, each text
// has each mark as often as the English one.
TEST(Phrases, HaveTheSamePlacesInEveryLanguage) {
  const auto count = [](const std::string& text, std::string_view mark) {
    int found = 0;
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
      ++found;
    return found;
  };
  for (const Phrase* phrase : all_phrases())
    for (const Language language : languages) {
      const std::initializer_list<std::string_view> marks = {"\x01", "\x02", "\x03", "\x04",
                                                             "\x05", "\x06", "\x07"};
      const std::string here = say(*phrase, language, marks);
      const std::string english = say(*phrase, Language::en, marks);
      for (const std::string_view mark : marks)
        EXPECT_EQ(count(here, mark), count(english, mark))
            << phrase->id << " " << code_of(language);
    }
}

// Text of one language must not be left standing in another.
TEST(Phrases, AreWrittenInTheirOwnScript) {
  const auto has = [](std::string_view text, char32_t first, char32_t last) {
    while (!text.empty()) {
      const char32_t code = core::decode_utf8(text);
      if (code >= first && code <= last) return true;
      text.remove_prefix(core::utf8_length(text));
    }
    return false;
  };
  for (const Phrase* phrase : all_phrases()) {
    SCOPED_TRACE(phrase->id);
    EXPECT_FALSE(has(phrase->in(Language::en), 0x400, 0x4FF));
    EXPECT_FALSE(has(phrase->in(Language::en), 0x3000, 0xD7A3));
    EXPECT_FALSE(has(phrase->in(Language::ru), 0x3000, 0xD7A3));
    EXPECT_FALSE(has(phrase->in(Language::zh), 0x400, 0x4FF));
    EXPECT_FALSE(has(phrase->in(Language::zh), 0xAC00, 0xD7A3));
    EXPECT_FALSE(has(phrase->in(Language::ko), 0x400, 0x4FF));
    EXPECT_FALSE(has(phrase->in(Language::ko), 0x4E00, 0x9FFF));
  }
}

}  // namespace
}  // namespace kv::scene
