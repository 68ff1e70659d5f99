#include "core/base/strict_json.h"

#include <gtest/gtest.h>

#include "core/base/json_describe.h"
#include "core/base/wrong_download.h"

namespace kv::core {
namespace {

std::string message_of(std::string_view text, const JsonLimits& limits = {}) {
  const auto result = parse_strict_json(text, "f.json", limits);
  return result ? "no error" : result.error().message;
}

std::string nested(int depth) {
  const auto count = static_cast<std::size_t>(depth);
  return std::string(count, '[') + std::string(count, ']');
}

TEST(StrictJson, BuildsTheTree) {
  const auto tree = parse_strict_json(
      " {\"a\": [1, -2, 0.5, true, null, \"\\u00e9\\n\"], \"b\": {}}\n", "f.json");
  ASSERT_TRUE(tree) << tree.error().message;
  EXPECT_EQ((*tree)["a"].size(), 6u);
  EXPECT_TRUE((*tree)["a"][0].is_number_unsigned());
  EXPECT_EQ((*tree)["a"][1], -2);
  EXPECT_EQ((*tree)["a"][5], "\xC3\xA9\n");
  EXPECT_TRUE((*tree)["b"].is_object());
}

TEST(StrictJson, AllowsScalarsAndTheSameKeyInDifferentObjects) {
  EXPECT_EQ(message_of("3"), "no error");
  EXPECT_EQ(message_of("{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":2}]}},\"b\":{\"a\":1}}"),
            "no error");
  EXPECT_EQ(message_of("{\"\\u0000\": 1, \"\": 2}"), "no error");
}

TEST(StrictJson, KeepsIntegersExact) {
  const auto tree = parse_strict_json("[18446744073709551615, -9223372036854775808]", "f.json");
  ASSERT_TRUE(tree);
  EXPECT_EQ((*tree)[0].get<std::uint64_t>(), UINT64_MAX);
  EXPECT_EQ((*tree)[1].get<std::int64_t>(), INT64_MIN);
}

TEST(StrictJson, NamesFileAndLine) {
  EXPECT_EQ(message_of("{\n\"a\": 1,\n\"a\": 2}"),
            "f.json: line 3: found the key \"a\" twice in one object, expected each key once");
  EXPECT_EQ(message_of("{\"a\"\n\n 1}"),
            "f.json: line 3: found unexpected number literal before \"}\", expected ':'");
  EXPECT_EQ(message_of("[1,\n2"), "f.json: line 2: found unexpected end of input, expected ']'");
}

TEST(StrictJson, RefusesDuplicateKeysHoweverSpelt) {
  EXPECT_NE(message_of("{\"a\":1,\"\\u0061\":2}").find("key \"a\" twice"), std::string::npos);
  EXPECT_NE(message_of("[{\"b\":[],\"c\":0,\"b\":{}}]").find("key \"b\" twice"), std::string::npos);
}

TEST(StrictJson, HoldsTheDepthLimit) {
  EXPECT_EQ(message_of(nested(32)), "no error");
  EXPECT_NE(message_of(nested(33)).find("nested deeper than 32"), std::string::npos);
  EXPECT_EQ(message_of("{\"a\":{\"b\":1}}", {100, 2}), "no error");
  EXPECT_NE(message_of("{\"a\":{\"b\":[]}}", {100, 2}).find("deeper than 2"), std::string::npos);
  EXPECT_NE(message_of(std::string(1000000, '[')).find("nested deeper"), std::string::npos);
}

TEST(StrictJson, HoldsTheSizeLimit) {
  EXPECT_EQ(message_of("[1, 2, 3]  ", {100, 4}), "no error");
  EXPECT_EQ(message_of("[1, 2, 3]", {8, 4}), "f.json: size: found 9 bytes, expected at most 8");
}

TEST(StrictJson, BoundsTheMemoryOfTheTree) {
  std::string wide = "[";
  for (int i = 0; i < 100000; ++i) wide += "0,";
  wide += "0]";
  EXPECT_EQ(message_of(wide), "no error");
  EXPECT_NE(message_of(wide, {wide.size(), 4}).find("more values than fit"), std::string::npos);
}

TEST(StrictJson, BoundsSingleTokens) {
  const std::string long_text(1 << 20, 'x'), long_number((1 << 20) + 1, '7');
  EXPECT_NE(message_of("[\n\"" + long_text + "\"]").find("line 2: found a value of more than"),
            std::string::npos);
  EXPECT_NE(message_of("[" + long_number + "]").find("a value of more than"), std::string::npos);
  EXPECT_EQ(message_of("[\"" + long_text.substr(2) + "\", \"\\\"" + long_text.substr(9) + "\"]"),
            "no error");
}

TEST(StrictJson, RefusesWhatLenientReadersTake) {
  for (const std::string text :
       {"",        " ",          "{",           "[1,]",          "{\"a\":1,}", "{'a':1}",
        "{a:1}",   "[01]",       "[1.]",        "[.5]",          "[+1]",       "[0x1]",
        "[NaN]",   "[Infinity]", "[1e999]",     "[1] 2",         "[1]]",       "// x\n[1]",
        "/**/[1]", "[\"\t\"]",   "[\"\\x41\"]", "[\"\\ud800\"]", "[tru]",      "nul",
        "[1 2]",   "{\"a\"}",    "{1:2}"})
    EXPECT_NE(message_of(text), "no error") << text;
  EXPECT_NE(message_of(std::string("[1]\0", 4)), "no error");
  EXPECT_NE(message_of(std::string("[\"a\0b\"]", 7)), "no error");
}

TEST(StrictJson, RefusesBytesThatAreNotUtf8) {
  for (const char* bytes :
       {"\x80", "\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
    EXPECT_EQ(message_of("[\n\"" + std::string(bytes) + "\"]"),
              "f.json: line 2: found bytes that are not UTF-8, expected UTF-8 text");
  EXPECT_EQ(message_of("[\"\xF0\x9F\x98\x80\"]"), "no error");
}

TEST(StrictJson, MessagesAreOneLineOfText) {
  for (const std::string text : {"[\"a\nb\"]", "[\"a\x1B[31m\"]", "{\"k\x7F\":1,\"k\x7F\":1}",
                                 "[\"\xE2\x82\xAC\\q\xE2\x82\xAC\"]"}) {
    const std::string message = message_of(text);
    EXPECT_NE(message, "no error");
    for (const char c : message) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << message;
  }
}

TEST(WrongDownload, IsNamed) {
  EXPECT_NE(message_of("version https://git-lfs.github.com/spec/v1\n").find("Git LFS pointer"),
            std::string::npos);
  for (const char* page :
       {"<!DOCTYPE html>", "<!doctype HTML>", "\r\n <html>", "<HEAD>", "<?xml ?>"})
    EXPECT_NE(message_of(page).find("an HTML page"), std::string::npos) << page;
  for (const char* other : {"", "{", "version 2", "<", "<b>", "html"})
    EXPECT_EQ(recognise_wrong_download(other), "") << other;
}

TEST(JsonDescribe, SaysWhatAValueIsInFewWords) {
  const auto said = [](const char* text) { return describe(nlohmann::json::parse(text)); };
  EXPECT_EQ(said("\"a\\nb\""), "\"a\\x0ab\"");
  EXPECT_EQ(said("-3"), "-3");
  EXPECT_EQ(said("16.0"), "16.0");
  EXPECT_EQ(said("null"), "null");
  EXPECT_EQ(said("[]"), "[]");
  EXPECT_EQ(said("[1, 2.5]"), "[1, 2.5]");
  EXPECT_EQ(said("[1, \"2\"]"), "an array of 2 elements");
  EXPECT_EQ(said("[1,2,3,4,5,6,7,8,9]"), "an array of 9 elements");
  EXPECT_EQ(said("{\"a\": 1}"), "an object of 1 key");
  EXPECT_EQ(said("{}"), "an object of 0 keys");
}

}  // namespace
}  // namespace kv::core
