// What tokens look like: bytes, shown text, special tokens, and the limits of encode().
#include <gtest/gtest.h>

#include <thread>

#include "core/base/utf8.h"
#include "core/text/showable.h"
#include "tests/fixtures/tokenizers/kinds.h"

namespace kv::test {
namespace {

using core::ErrorKind;
using core::Token;
using core::Tokenizer;

Token only_id(const Tokenizer& tokenizer, std::string_view text, bool special = false) {
  const auto ids = tokenizer.encode(text, special);
  EXPECT_TRUE(ids && ids->size() == 1) << text;
  return ids && ids->size() == 1 ? (*ids)[0] : -1;
}

TEST(TokenizerText, ByteLettersAreUndone) {
  const Tokenizer tokenizer = load_tokenizer("gpt2");
  const Token the = only_id(tokenizer, " the");
  EXPECT_EQ(tokenizer.token_bytes(the), " the");
  EXPECT_EQ(tokenizer.token_text(the), " the");
  EXPECT_EQ(tokenizer.token_text(only_id(tokenizer, "\n")), "\\n");
  EXPECT_EQ(tokenizer.token_text(only_id(tokenizer, std::string_view("\0", 1))), "\\x00");
  EXPECT_EQ(tokenizer.token_text(only_id(tokenizer, "\x7F")), "\\x7F");
}

TEST(TokenizerText, PartsOfACharacterAreShownAsBytes) {
  const Tokenizer tokenizer = load_tokenizer("gpt2");
  const std::string face = "\xF0\x9F\x98\x80";
  const auto ids = tokenizer.encode(face);
  ASSERT_TRUE(ids);
  ASSERT_EQ(ids->size(), 4U);
  EXPECT_EQ(tokenizer.token_bytes((*ids)[0]), "\xF0");
  EXPECT_EQ(tokenizer.token_text((*ids)[0]), "<0xF0>");
  EXPECT_EQ(tokenizer.token_text((*ids)[3]), "<0x80>");
  std::string streamed;
  for (const Token id : *ids) streamed += tokenizer.token_bytes(id);
  EXPECT_EQ(streamed, face);
}

TEST(TokenizerText, ByteFallbackIsShownAsBytes) {
  const Tokenizer tokenizer = load_tokenizer("llama2");
  const auto ids = tokenizer.encode("Q", false);  // not in the vocabulary
  ASSERT_TRUE(ids);
  EXPECT_EQ(*ids, (std::vector<Token>{ids->front(), 3 + 'Q'}));
  EXPECT_EQ(tokenizer.token_bytes(3 + 'Q'), "Q");
  EXPECT_EQ(tokenizer.token_text(3 + 0xE4), "<0xE4>");
  EXPECT_EQ(tokenizer.token_text(3 + '\t'), "\\t");
  EXPECT_EQ(tokenizer.token_bytes(ids->front()), " ") << "the mark stands for a space";
}

TEST(TokenizerText, IdsThatAreNoTokensAreEmpty) {
  const Tokenizer tokenizer = load_tokenizer("gpt2");
  for (const Token id : {-1, tokenizer.size(), 1 << 30}) {
    EXPECT_EQ(tokenizer.token_text(id), "");
    EXPECT_EQ(tokenizer.decode(std::vector<Token>{id}), "");
    EXPECT_FALSE(tokenizer.is_special(id));
  }
  EXPECT_EQ(tokenizer.decode({}), "");
}

TEST(TokenizerText, SpecialTokensHaveTheirName) {
  const Tokenizer tokenizer = load_tokenizer("gpt2");
  const Token end = tokenizer.size() - 1;
  EXPECT_TRUE(tokenizer.is_special(end));
  EXPECT_FALSE(tokenizer.is_special(end - 1));
  EXPECT_EQ(tokenizer.token_text(end), "<|endoftext|>");
  EXPECT_EQ(only_id(tokenizer, "<|endoftext|>", true), end);
  EXPECT_GT(tokenizer.encode("<|endoftext|>", false)->size(), 1U);
}

TEST(TokenizerText, DecodeLeavesSpecialTokensOutUnlessAsked) {
  for (const char* kind : {"llama2", "llama3", "tinystories"}) {
    const Tokenizer tokenizer = load_tokenizer(kind);
    const auto ids = tokenizer.encode("The cat");
    ASSERT_TRUE(ids);
    EXPECT_TRUE(tokenizer.is_special(ids->front()));
    EXPECT_EQ(tokenizer.decode(*ids), "The cat") << kind;
    const std::string name = tokenizer.token_text(ids->front());
    const std::string after = kind == std::string("tinystories") ? "</s>" : "";
    EXPECT_EQ(tokenizer.decode(*ids, true), name + "The cat" + after) << kind;
  }
}

// A space is put in front after every special token of the text, and taken away again.
TEST(TokenizerText, TextBesideSpecialTokensComesBack) {
  const Tokenizer tokenizer = load_tokenizer("llama2");
  for (const char* text : {"a<s>b", "a <s> b", "<s>  b</s>", " </s>", "<s><s>a"}) {
    const auto ids = tokenizer.encode(text);
    ASSERT_TRUE(ids);
    EXPECT_EQ(tokenizer.decode(*ids, true), std::string("<s>") + text);
  }
  const auto ids = tokenizer.encode("a<s>b");
  EXPECT_EQ(tokenizer.decode(*ids), "ab");
}

// Such a token is found with the mark before it, which is the text's own space except at its start.
TEST(TokenizerText, TextBesideNormalizedTokensComesBack) {
  const Tokenizer tokenizer = load_tokenizer("llama2-normalized");
  for (const char* text : {"a<s>b", "a <s> b", "<s>  b</s>", " </s>", "<s> <s>a"}) {
    const auto ids = tokenizer.encode(text);
    ASSERT_TRUE(ids);
    EXPECT_EQ(tokenizer.decode(*ids, true), std::string("<s>") + text);
  }
  EXPECT_EQ(tokenizer.decode(*tokenizer.encode("a <s> b")), "a b");
}

TEST(TokenizerText, UnknownCharactersBecomeTheUnknownToken) {
  const Tokenizer tokenizer = load_tokenizer("metaspace-unk");
  const auto ids = tokenizer.encode("a Q b");
  ASSERT_TRUE(ids);
  EXPECT_EQ(std::count(ids->begin(), ids->end(), 0), 1);
  EXPECT_EQ(tokenizer.decode(*ids, true), "a <unk> b");
}

TEST(TokenizerText, ACharacterNothingStandsForIsAnInputError) {
  const std::string characters =
      R"({"model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":[],"unk_token":null}})";
  const auto tokenizer = Tokenizer::parse(characters, "tiny/tokenizer.json");
  ASSERT_TRUE(tokenizer) << tokenizer.error().message;
  EXPECT_EQ(*tokenizer->encode("abba"), (std::vector<Token>{0, 1, 1, 0}));
  const auto refused = tokenizer->encode("ab\xC3\xA9");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::input);
  EXPECT_EQ(refused.error().message,
            "tiny/tokenizer.json: model.vocab: has no token for character \"\xC3\xA9\" and "
            "model.unk_token is null");

  const std::string bytes = R"({"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false},)"
                            R"("model":{"type":"BPE","vocab":{"a":0},"merges":[]}})";
  const auto byte_level = Tokenizer::parse(bytes, "tiny/tokenizer.json");
  ASSERT_TRUE(byte_level) << byte_level.error().message;
  const auto no_byte = byte_level->encode("a\xC3\xA9");
  ASSERT_FALSE(no_byte);
  EXPECT_NE(no_byte.error().message.find("byte 0xC3"), std::string::npos);
}

TEST(TokenizerText, RefusesTextThatIsTooLongOrNotUtf8) {
  const Tokenizer tokenizer = load_tokenizer("gpt2");
  const auto invalid = tokenizer.encode("ab\xFF");
  ASSERT_FALSE(invalid);
  EXPECT_EQ(invalid.error().kind, ErrorKind::usage);
  EXPECT_NE(invalid.error().message.find("byte 2"), std::string::npos);
  const auto long_text = tokenizer.encode(std::string(Tokenizer::max_text_bytes + 1, 'a'));
  ASSERT_FALSE(long_text);
  EXPECT_EQ(long_text.error().kind, ErrorKind::usage);
}

TEST(TokenizerText, SizeCountsAddedTokens) {
  const Tokenizer tokenizer = load_tokenizer("llama3");
  const auto file = nlohmann::json::parse(read_tokenizer_fixture("llama3", "tokenizer.json"));
  EXPECT_EQ(tokenizer.size(),
            static_cast<int>(file["model"]["vocab"].size() + file["added_tokens"].size()));
}

TEST(TokenizerText, OneTokenizerServesSeveralThreads) {
  const Tokenizer tokenizer = load_tokenizer("smollm");
  const std::string text = "The model keeps 1234 keys together; \xEA\xB3\xA0\xEC\x96\x91.";
  const auto expected = *tokenizer.encode(text);
  std::vector<int> wrong(4);
  std::vector<std::thread> threads;
  for (int& count : wrong)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        if (*tokenizer.encode(text) != expected || tokenizer.decode(expected) != text) ++count;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4));
}

TEST(Displayable, KeepsTextAndSpellsOutStrayBytes) {
  EXPECT_EQ(core::displayable("a\n\xC3\xA9"), "a\n\xC3\xA9");
  EXPECT_EQ(core::displayable("\xC3"), "<0xC3>");
  EXPECT_EQ(core::displayable("a\x80\xF0\x9Fz"), "a<0x80><0xF0><0x9F>z");
  EXPECT_EQ(core::displayable("\xED\xA0\x80"), "<0xED><0xA0><0x80>") << "a surrogate";
}

TEST(EscapeControls, LeavesNothingThatMovesTheCursor) {
  EXPECT_EQ(core::escape_controls("\a\b\t\n\v\f\r"), "\\a\\b\\t\\n\\v\\f\\r");
  EXPECT_EQ(core::escape_controls("\x1B[0m"), "\\x1B[0m");
  EXPECT_EQ(core::escape_controls("\xC2\x85\xE2\x80\xA8\xE2\x80\xAE"), "\\u0085\\u2028\\u202E");
  const std::string family = "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9";
  EXPECT_EQ(core::escape_controls(family), family);
}

}  // namespace
}  // namespace kv::test
