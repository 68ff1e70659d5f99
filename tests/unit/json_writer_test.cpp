#include "app/shell/json_writer.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "core/base/uint128.h"

namespace kv::app {
namespace {

using nlohmann::json;

// What `write` wrote as elements of an array.
template <class Write>
std::string array_of(Write write) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  write(writer);
  writer.end_array();
  EXPECT_TRUE(writer.complete());
  return out;
}

std::string written(const auto& content) {
  std::string out;
  JsonWriter(out).value(content);
  return out;
}

TEST(JsonWriter, LaysOutOneStepPerLine) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  writer.key("model");
  writer.begin_object();
  writer.member("family", "llama");
  writer.member("layers", 2);
  writer.end_object();
  writer.key("tokens");
  writer.begin_array();
  for (int token : {5, 6, 7}) writer.value(token);
  writer.end_array();
  writer.key("steps");
  writer.begin_array();
  for (int i = 0; i < 2; ++i) {
    writer.begin_object();
    writer.member("index", i);
    writer.key("flops");
    writer.begin_object();
    writer.member("q", 1);
    writer.end_object();
    writer.end_object();
  }
  writer.end_array();
  EXPECT_FALSE(writer.complete());
  writer.end_object();
  EXPECT_TRUE(writer.complete());
  EXPECT_EQ(out,
            "{\n"
            "  \"model\": {\"family\": \"llama\", \"layers\": 2},\n"
            "  \"tokens\": [5, 6, 7],\n"
            "  \"steps\": [\n"
            "    {\"index\": 0, \"flops\": {\"q\": 1}},\n"
            "    {\"index\": 1, \"flops\": {\"q\": 1}}\n"
            "  ]\n"
            "}\n");
}

TEST(JsonWriter, KeepsAllThatIsInsideAStepOnItsLine) {
  EXPECT_EQ(array_of([](JsonWriter& w) {
              w.begin_object();
              w.key("pairs");
              w.begin_array();
              w.begin_array();
              w.value(1);
              w.end_array();
              w.begin_object();
              w.end_object();
              w.end_array();
              w.end_object();
            }),
            "[\n  {\"pairs\": [[1], {}]}\n]\n");
}

TEST(JsonWriter, LaysOutAListOfNumbersAsOneLine) {
  EXPECT_EQ(array_of([](JsonWriter& w) {
              w.value(1);
              w.value(2);
            }),
            "[1, 2]\n");
}

TEST(JsonWriter, LaysOutEmptyContainersWithoutSpace) {
  EXPECT_EQ(array_of([](JsonWriter&) {}), "[]\n");
  EXPECT_EQ(array_of([](JsonWriter& w) {
              w.begin_object();
              w.end_object();
            }),
            "[\n  {}\n]\n");
}

TEST(JsonWriter, KeepsTheOrderOfKeys) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  for (const char* name : {"z", "a", "m"}) writer.member(name, true);
  writer.end_object();
  EXPECT_EQ(out, "{\n  \"z\": true,\n  \"a\": true,\n  \"m\": true\n}\n");
}

TEST(JsonWriter, WritesScalars) {
  EXPECT_EQ(written(true), "true\n");
  EXPECT_EQ(written(false), "false\n");
  EXPECT_EQ(written(nullptr), "null\n");
  EXPECT_EQ(written("text"), "\"text\"\n");
  EXPECT_EQ(written(std::string("text")), "\"text\"\n");
}

TEST(JsonWriter, WritesIntegersWhole) {
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808\n");
  EXPECT_EQ(written(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615\n");
  EXPECT_EQ(written(~core::Uint128{0}), "340282366920938463463374607431768211455\n");
  EXPECT_EQ(written(std::uint8_t{200}), "200\n");
}

TEST(JsonWriter, WritesTheShortestDigitsThatReadBack) {
  EXPECT_EQ(written(0.1), "0.1\n");
  EXPECT_EQ(written(0.1F), "0.1\n");
  EXPECT_EQ(written(1e-6), "1e-06\n");
  EXPECT_EQ(written(5.0), "5\n");
}

TEST(JsonWriter, ReadsBackAnyDouble) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const auto number = std::bit_cast<double>(random());
    const json read = json::parse(written(number));
    if (std::isfinite(number)) {
      ASSERT_EQ(read.get<double>(), number) << written(number);
    } else {
      ASSERT_TRUE(read.is_null());
    }
  }
}

TEST(JsonWriter, WritesNullForWhatIsNoNumber) {
  EXPECT_EQ(written(std::numeric_limits<double>::quiet_NaN()), "null\n");
  EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), "null\n");
  EXPECT_EQ(written(std::numeric_limits<float>::infinity()), "null\n");
}

TEST(JsonWriter, ReadsBackAnyText) {
  std::string every_byte;
  for (int byte = 0; byte < 128; ++byte) every_byte += static_cast<char>(byte);
  for (const std::string& text :
       {every_byte, std::string("quote \" and \\ and / and \n"), std::string("\0mid\0", 5),
        std::string("ключ 缓存 캐시 \U0001F600"), std::string()}) {
    EXPECT_EQ(json::parse(written(text)).get<std::string>(), text);
    EXPECT_EQ(written(text).find('\n'), written(text).size() - 1);
  }
}

TEST(JsonWriter, ReplacesInvalidBytes) {
  EXPECT_EQ(json::parse(written("a\xFF\xC3"
                                "b\xED\xA0\x80"))
                .get<std::string>(),
            "a\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFD");
}

TEST(JsonWriter, EscapesKeysToo) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  writer.member("a \"b\"\n", 1);
  writer.end_object();
  EXPECT_EQ(json::parse(out).begin().key(), "a \"b\"\n");
}

// A tree of random shape, written and built at once.
json write_random(JsonWriter& writer, std::mt19937& random, int depth) {
  const auto kind = random() % (depth == 0 ? 1 : 3);
  if (kind == 0) {
    const auto number = random();
    writer.value(number);
    return number;
  }
  const auto size = random() % 4;
  json tree = kind == 1 ? json::array() : json::object();
  kind == 1 ? writer.begin_array() : writer.begin_object();
  for (std::size_t i = 0; i < size; ++i) {
    if (kind == 1) {
      tree.push_back(write_random(writer, random, depth - 1));
    } else {
      writer.key(std::to_string(i));
      tree[std::to_string(i)] = write_random(writer, random, depth - 1);
    }
  }
  kind == 1 ? writer.end_array() : writer.end_object();
  return tree;
}

TEST(JsonWriter, ReadsBackAnyTree) {
  std::mt19937 random(3);
  for (int i = 0; i < 500; ++i) {
    std::string out;
    JsonWriter writer(out);
    const json tree = write_random(writer, random, 5);
    ASSERT_EQ(json::parse(out), tree) << out;
    ASSERT_TRUE(writer.complete());
    ASSERT_EQ(out.back(), '\n');
  }
}

TEST(JsonWriter, LetsTheCallerTakeOutputAway) {
  std::string out;
  std::string printed;
  JsonWriter writer(out);
  writer.begin_array();
  for (int i = 0; i < 3; ++i) {
    writer.value(i);
    printed += out;
    out.clear();
  }
  writer.end_array();
  EXPECT_EQ(printed + out, "[0, 1, 2]\n");
}

#ifndef NDEBUG
TEST(JsonWriterDeathTest, RefusesWhatIsNoJson) {
  std::string out;
  EXPECT_DEATH(
      {
        JsonWriter w(out);
        w.begin_object();
        w.value(1);
      },
      "");
  EXPECT_DEATH(
      {
        JsonWriter w(out);
        w.begin_array();
        w.key("k");
      },
      "");
  EXPECT_DEATH(
      {
        JsonWriter w(out);
        w.begin_array();
        w.end_object();
      },
      "");
  EXPECT_DEATH(
      {
        JsonWriter w(out);
        w.value(1);
        w.value(2);
      },
      "");
  EXPECT_DEATH(
      {
        JsonWriter w(out);
        w.begin_object();
        w.key("k");
        w.end_object();
      },
      "");
}
#endif

}  // namespace
}  // namespace kv::app
