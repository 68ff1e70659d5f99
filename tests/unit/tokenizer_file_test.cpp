// Spellings of a tokenizer.json that are accepted, and what they mean.
#include <gtest/gtest.h>

#include "tests/fixtures/tokenizers/kinds.h"

namespace kv::test {
namespace {

using core::Token;
using core::Tokenizer;
using nlohmann::json;

json fixture(const std::string& kind) {
  return json::parse(read_tokenizer_fixture(kind, "tokenizer.json"));
}

Tokenizer parsed(const json& file) {
  auto tokenizer = Tokenizer::parse(file.dump(), "file");
  EXPECT_TRUE(tokenizer) << tokenizer.error().message;
  return tokenizer ? *std::move(tokenizer) : load_tokenizer("gpt2");
}

std::vector<Token> ids(const json& file, const std::string& text, bool special = true) {
  return *parsed(file).encode(text, special);
}

const std::string text = "The cat's  123 keys\n";

TEST(TokenizerFile, TruncationAndPaddingAreIgnored) {
  json file = fixture("gpt2");
  const auto whole = ids(file, text);
  file["truncation"] = {{"max_length", 1}, {"strategy", "LongestFirst"}, {"stride", 0}};
  file["padding"] = {{"strategy", {{"Fixed", 64}}}, {"pad_id", 0}};
  EXPECT_EQ(ids(file, text), whole);
}

TEST(TokenizerFile, AbsentPartsAreAsNull) {
  json file = fixture("gpt2");
  const auto whole = ids(file, text);
  for (const char* key :
       {"version", "truncation", "padding", "normalizer", "post_processor", "decoder"})
    file.erase(key);
  EXPECT_EQ(ids(file, text), whole);
  EXPECT_EQ(parsed(file).decode(whole), text);
}

TEST(TokenizerFile, RemovingAllButTheMatchesIsIsolatingThem) {
  json file = fixture("llama3");
  const auto whole = ids(file, text);
  json& split = file["pre_tokenizer"]["pretokenizers"][0];
  split["behavior"] = "Removed";
  EXPECT_FALSE(Tokenizer::parse(file.dump(), "file")) << "that would remove the text";
  split["invert"] = true;
  EXPECT_EQ(ids(file, text), whole);
}

TEST(TokenizerFile, ASequenceMayHaveSixteenParts) {
  const json good = fixture("gpt2");
  const auto of_parts = [&](std::size_t count) {
    std::vector<json> parts(count - 1, {{"type", "Digits"}, {"individual_digits", false}});
    parts.push_back(good["pre_tokenizer"]);
    json file = good;
    file["pre_tokenizer"] = {{"type", "Sequence"}, {"pretokenizers", parts}};
    return ids(file, text);
  };
  EXPECT_EQ(of_parts(16), of_parts(2));  // what is split off already is not split again
}

TEST(TokenizerFile, ByteFallbackIsNeverNeededBesideAllByteLetters) {
  json file = fixture("gpt2");
  const auto whole = ids(file, text);
  file["model"]["byte_fallback"] = true;
  EXPECT_EQ(ids(file, text), whole);
}

TEST(TokenizerFile, ByteLevelTokensThatAreNoByteLettersAreTakenAsTheyAre) {
  json file = fixture("gpt2");
  const int id = parsed(file).size();
  file["model"]["vocab"]["\u4F60 \u597D"] = id;
  EXPECT_EQ(parsed(file).token_bytes(id), "\u4F60 \u597D");
}

TEST(TokenizerFile, MetaspaceInFrontNeverFirstAlways) {
  json file = fixture("llama2-metaspace");
  const auto start = [&](json scheme, const char* what) {
    json& part = file["pre_tokenizer"];
    part = {{"type", "Metaspace"}, {"replacement", "\u2581"}, {"split", false}};
    part.update(scheme);
    const Tokenizer tokenizer = parsed(file);
    const auto encoded = *tokenizer.encode(what);
    std::string shown;
    for (const Token id : encoded) shown += tokenizer.token_bytes(id);
    return shown;
  };
  const char* two = "a</s>b";
  for (const json& never : {json{{"prepend_scheme", "never"}}, json{{"add_prefix_space", false}}})
    EXPECT_EQ(start(never, two), "<s>a</s>b");
  EXPECT_EQ(start({{"prepend_scheme", "first"}}, two), "<s> a</s>b");
  EXPECT_EQ(start({{"prepend_scheme", "first"}}, " a"), "<s> a");
  EXPECT_EQ(start({{"prepend_scheme", "first"}}, "</s>a"), "<s></s>a");
  file["added_tokens"][2]["normalized"] = true;
  EXPECT_EQ(start({{"prepend_scheme", "first"}}, two), "<s> a</s>b");
  EXPECT_EQ(start({{"prepend_scheme", "first"}}, "</s>a"), "<s></s>a");
  for (const json& always :
       {json{{"prepend_scheme", "always"}}, json{{"add_prefix_space", true}}, json::object()})
    EXPECT_EQ(start(always, two), "<s> a</s> b");
}

// An added token may repeat one of the model's; then it is found before the merges see it.
TEST(TokenizerFile, AddedTokensMayRepeatTheModels) {
  json file = fixture("gpt2");
  const Token the = file["model"]["vocab"]["\u0120the"];
  file["added_tokens"].push_back({{"id", file["model"]["vocab"]["at"]}, {"content", "at"}});
  const Tokenizer tokenizer = parsed(file);
  EXPECT_EQ(*tokenizer.encode(" the"), std::vector<Token>{the});
  const auto found = *tokenizer.encode("cat");
  EXPECT_EQ(tokenizer.token_bytes(found.back()), "at");
  EXPECT_EQ(tokenizer.decode(found), "cat");
}

}  // namespace
}  // namespace kv::test
