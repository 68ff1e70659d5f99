// Any text survives encode() then decode(), as far as its kind of tokenizer can keep it.
#include <gtest/gtest.h>

#include <random>

#include "core/base/utf8.h"
#include "tests/fixtures/tokenizers/kinds.h"

namespace kv::test {
namespace {

using core::Token;
using core::Tokenizer;

constexpr int texts_per_kind = 3000;

char32_t random_code_point(std::mt19937_64& random) {
  static constexpr char32_t ends[] = {0x80, 0x800, 0x3000, 0xD800, 0x10000, 0x110000};
  char32_t c = static_cast<char32_t>(random() % ends[random() % std::size(ends)]);
  return c >= 0xD800 && c < 0xE000 ? c - 0x800 : c;
}

const std::vector<std::string>& awkward() {
  static const std::vector<std::string> parts = {" ",
                                                 "  ",
                                                 "    ",
                                                 "\n",
                                                 "\r\n",
                                                 "\t",
                                                 std::string(1, '\0'),
                                                 "'s",
                                                 "'LL",
                                                 "don't",
                                                 "the",
                                                 " the",
                                                 "Once upon",
                                                 "0",
                                                 "1234567",
                                                 "\xC2\xA0",
                                                 "\xE3\x80\x80",
                                                 space_mark,
                                                 "\xCC\x81",
                                                 "\xE2\x80\x8D",
                                                 "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9",
                                                 "\xD0\xBA\xD0\xBE\xD1\x82",
                                                 "\xE5\xB0\x8F\xE7\x8C\xAB",
                                                 "\xEA\xB3\xA0\xEC\x96\x91",
                                                 "<0x41>",
                                                 "<|",
                                                 "|>",
                                                 "\xC4\xA0",
                                                 "\xEF\xBB\xBF",
                                                 "!!",
                                                 "_"};
  return parts;
}

std::string random_text(std::mt19937_64& random, const std::vector<std::string>& names) {
  std::string text;
  for (auto left = random() % 24; left > 0; --left) {
    const auto sort = random() % 8;
    if (sort == 0 && !names.empty()) {
      text += names[random() % names.size()];
    } else if (sort < 3) {
      core::append_utf8(text, random_code_point(random));
    } else {
      text += awkward()[random() % awkward().size()];
    }
  }
  return text;
}

// A name with a mark in it comes back as it was, unlike any other mark.
std::vector<std::string> special_names(const Tokenizer& tokenizer) {
  std::vector<std::string> names;
  for (Token id = 0; id < tokenizer.size(); ++id)
    if (tokenizer.is_special(id) && !tokenizer.token_bytes(id).starts_with(space_mark))
      names.push_back(tokenizer.token_bytes(id));
  return names;
}

class RoundTrip : public testing::TestWithParam<std::string> {};

// Special tokens spelled out are plain text and come back as such.
TEST_P(RoundTrip, PlainText) {
  const Tokenizer tokenizer = load_tokenizer(GetParam());
  const auto names = special_names(tokenizer);
  ASSERT_FALSE(names.empty());
  std::mt19937_64 random(20);
  for (int i = 0; i < texts_per_kind; ++i) {
    const std::string text = random_text(random, names);
    const auto ids = tokenizer.encode(text, false);
    ASSERT_TRUE(ids) << ids.error().message;
    ASSERT_EQ(tokenizer.decode(*ids), what_survives(GetParam(), text)) << "text " << i;
    ASSERT_EQ(tokenizer.decode(*ids, true), what_survives(GetParam(), text)) << "text " << i;
  }
}

class SpecialRoundTrip : public testing::TestWithParam<std::string> {};

// With special tokens recognised, everything is there again once they are kept; start and end
// tokens stand around it.
TEST_P(SpecialRoundTrip, WithSpecialTokens) {
  const Tokenizer tokenizer = load_tokenizer(GetParam());
  const auto names = special_names(tokenizer);
  const auto around = tokenizer.encode("");
  ASSERT_TRUE(around);
  std::string before;
  std::string after;
  for (const Token id : *around)
    (id == around->front() ? before : after) += tokenizer.token_bytes(id);
  std::mt19937_64 random(21);
  int recognised = 0;
  for (int i = 0; i < texts_per_kind; ++i) {
    const std::string text = random_text(random, names);
    const auto ids = tokenizer.encode(text);
    ASSERT_TRUE(ids) << ids.error().message;
    recognised += static_cast<int>(std::count_if(
        ids->begin(), ids->end(), [&](Token id) { return tokenizer.is_special(id); }));
    ASSERT_EQ(tokenizer.decode(*ids, true), before + what_survives(GetParam(), text) + after)
        << "text " << i;
  }
  EXPECT_GT(recognised, texts_per_kind / 2);
}

// What the stream shows token by token is the text, but for the space put in front.
TEST_P(RoundTrip, TokenByToken) {
  const Tokenizer tokenizer = load_tokenizer(GetParam());
  std::mt19937_64 random(22);
  for (int i = 0; i < texts_per_kind / 10; ++i) {
    const auto ids = tokenizer.encode(random_text(random, {}), false);
    ASSERT_TRUE(ids);
    std::string streamed;
    for (const Token id : *ids) {
      streamed += tokenizer.token_bytes(id);
      ASSERT_EQ(core::find_invalid_utf8(tokenizer.token_text(id)), std::string::npos);
    }
    const std::string whole = tokenizer.decode(*ids);
    ASSERT_TRUE(streamed == whole || streamed == " " + whole) << "text " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, RoundTrip, testing::ValuesIn(faithful_kinds()), kind_name);
// Without byte-prefix, which loses a space after each special token.
INSTANTIATE_TEST_SUITE_P(Kinds, SpecialRoundTrip,
                         testing::Values("gpt2", "llama2", "llama2-metaspace", "llama2-normalized",
                                         "llama3", "qwen2", "smollm", "tinystories"),
                         kind_name);

// A megabyte of anything: nothing in the way is quadratic, or this would not end.
TEST(LongText, AMegabyteComesBack) {
  const auto check = [](const char* kind, const std::string& unit) {
    const Tokenizer tokenizer = load_tokenizer(kind);
    std::string text;
    while (text.size() + unit.size() <= Tokenizer::max_text_bytes) text += unit;
    const auto ids = tokenizer.encode(text, false);
    ASSERT_TRUE(ids) << ids.error().message;
    EXPECT_TRUE(tokenizer.decode(*ids) == text) << kind << ": " << unit;
  };
  for (const char* kind : {"llama3", "llama2"})
    for (const char* unit : {"a", " ", "<s>"}) check(kind, unit);
  for (const char* unit : {"\n", " \r", "<|en", "!", "\xEA\xB3\xA0"}) check("llama3", unit);
  check("smollm", "a1 ");
}

}  // namespace
}  // namespace kv::test
