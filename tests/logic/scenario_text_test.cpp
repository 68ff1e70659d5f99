// A scenario's text: read back as it was, told apart from every text that is none.
#include "app/logic/lab/scenario_text.h"

#include <gtest/gtest.h>

#include "app/logic/lab/own_sizes.h"
#include "app/logic/lab/scenario_number.h"
#include "core/base/random.h"
#include "core/base/utf8.h"
#include "tests/logic/scenario_samples.h"

namespace kv::test {
namespace {

using scene::LabPage;
using scene::Scenario;

core::Result<Scenario> parsed(std::string_view text, bool costs = false) {
  return app::parse_scenario(text, costs, known_sizes);
}

Scenario read(std::string_view text, bool costs = false) {
  auto scenario = parsed(text, costs);
  EXPECT_TRUE(scenario) << scenario.error().message;
  return scenario ? *std::move(scenario) : app::default_scenario(costs);
}

TEST(ScenarioText, IsReadBackAsItWas) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Scenario scenario = random_scenario(seed);
    ASSERT_EQ(complaint(scenario), "") << seed;
    // The page says which place's defaults count, whatever the caller has.
    const std::string text = app::to_text(scenario, known_sizes);
    EXPECT_EQ(described(read(text, true)), described(scenario)) << text;
    EXPECT_EQ(text.find("  "), std::string::npos) << text;
  }
}

// Nothing in it has its default: without any one word it is another scenario. Only "model=own" can
// be missing where every size is given.
TEST(ScenarioText, SaysNothingThatGoesWithoutSaying) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Scenario scenario = random_scenario(seed);
    const std::string text = app::to_text(scenario, known_sizes);
    for (std::size_t begin = 0, end; (end = text.find(' ', begin)) != std::string::npos;
         begin = end + 1) {
      // What it is about is said in any case.
      const std::string word = text.substr(begin, text.find('=', begin) - begin);
      if (text.compare(begin, end - begin, "model=own") == 0 || word == "model" ||
          word == "width" || word == "layers" || word == "heads" || word == "n" || word == "seed")
        continue;
      std::string shorter = text;
      shorter.erase(begin, end + 1 - begin);
      const auto other = parsed(shorter);
      EXPECT_TRUE(!other || described(*other) != described(scenario)) << shorter << " of " << text;
    }
  }
}

TEST(ScenarioText, OfWhereThePlacesBegin) {
  EXPECT_EQ(app::to_text(app::default_scenario(false), known_sizes),
            "width=64 layers=2 heads=4 n=1000 page=curves");
  EXPECT_EQ(app::to_text(app::default_scenario(true), known_sizes),
            "model=llama-3-8b n=100000 page=memory");
  EXPECT_EQ(described(read("")), described(app::default_scenario(false)));
  EXPECT_EQ(described(read("", true)), described(app::default_scenario(true)));
  const Scenario s = app::default_scenario(false), c = app::default_scenario(true);
  EXPECT_EQ(s.sizes.model.d_model, 64);
  EXPECT_EQ(s.sizes.model.ffn, 256);
  EXPECT_EQ(s.sizes.model.vocabulary, 512);
  EXPECT_EQ(s.tokens, 1000);
  EXPECT_EQ(c.model, "llama-3-8b");
  EXPECT_EQ(c.tokens, 100'000);
  EXPECT_EQ(core::kv_cache_bytes(c.sizes, c.dtype, 1, 1), core::Uint128{131072});
}

TEST(ScenarioText, TakesWordsInAnyOrderAndBetweenCommas) {
  const Scenario s = read(" page=memory,n=1e5,, batch=16   model=llama-2-7b dtype=int8 ");
  EXPECT_EQ(s.page, LabPage::memory);
  EXPECT_EQ(s.tokens, 100'000);
  EXPECT_EQ(s.batch, 16);
  EXPECT_EQ(s.model, "llama-2-7b");
  EXPECT_EQ(s.dtype, core::KvDtype::int8);
  EXPECT_EQ(app::to_text(s, known_sizes), "model=llama-2-7b n=100000 batch=16 dtype=int8 page=memory");
}

TEST(ScenarioText, LeavesAModelWhoseSizesAreChanged) {
  const Scenario same = read("model=llama-3-8b layers=32 page=memory");
  EXPECT_EQ(same.model, "llama-3-8b");
  const Scenario s = read("model=llama-3-8b layers=40 page=memory");
  EXPECT_EQ(s.model, "");
  EXPECT_EQ(s.sizes.model.layers, 40);
  EXPECT_EQ(s.sizes.model.kv_heads, 8);
  EXPECT_EQ(s.sizes.model.head_dim, 128);
  EXPECT_FALSE(s.sizes.model.tied_head);
  EXPECT_EQ(app::to_text(s, known_sizes),
            "model=own width=4096 layers=40 heads=32 kv_heads=8 ffn=14336 vocab=128256 tied=off n=100000 "
            "page=memory");
}

TEST(ScenarioText, FillsInSizesThatFollowOthers) {
  const core::ModelConfig wide = read("width=256 heads=8").sizes.model;
  EXPECT_EQ(wide.head_dim, 32);
  EXPECT_EQ(wide.kv_heads, 8);
  EXPECT_EQ(wide.ffn, 1024);
  const core::ModelConfig apart = read("width=100 heads=3 head_dim=10").sizes.model;
  EXPECT_EQ(apart.head_dim, 10);
  const core::ModelConfig plain = read("model=llama-3-8b mlp=plain").sizes.model;
  EXPECT_EQ(plain.family, core::Family::gpt2);
  EXPECT_EQ(plain.kv_heads, 32);
  // A model's own MLP stays.
  EXPECT_EQ(read("model=llama-3-8b width=2048").sizes.model.ffn, 14336);
}

struct BadText {
  std::string text;
  std::string message;  // after "scenario: "
};

const std::vector<BadText>& bad_texts() {
  static const std::string number = "a whole number, such as 1500, 100k, 1M or 1e5";
  static const std::vector<BadText> texts = {
      {"n", "text: found \"n\", expected KEY=VALUE"},
      {"n 5", "text: found \"n\", expected KEY=VALUE"},
      {"n=5\n", "text: found \"\\x0a\" at byte 3, expected one line of printable UTF-8"},
      {"n=5\tbatch=2", "text: found \"\\x09\" at byte 3, expected one line of printable UTF-8"},
      {std::string("n=5\0", 4),
       "text: found \"\\x00\" at byte 3, expected one line of printable UTF-8"},
      {"n=\x7F", "text: found \"\\x7f\" at byte 2, expected one line of printable UTF-8"},
      {"\xC3(", "text: found \"\\xc3\" at byte 0, expected one line of printable UTF-8"},
      {"page=\xED\xA0\x80",
       "text: found \"\\xed\" at byte 5, expected one line of printable UTF-8"},
      {std::string(4097, ' '), "text: found 4097 bytes, expected at most 4096"},
      {"n=5 n=5", "n: found \"5\" after \"5\", expected one value"},
      {"page=draw,page=drill", "page: found \"drill\" after \"draw\", expected one value"},
      {"n=", "n: found \"\", expected " + number},
      {"n=many", "n: found \"many\", expected " + number},
      {"n=-5", "n: found \"-5\", expected " + number},
      {"n=+5", "n: found \"+5\", expected " + number},
      {"n=5.5", "n: found \"5.5\", expected " + number},
      {"n=1.5k", "n: found \"1.5k\", expected " + number},
      {"n=0x10", "n: found \"0x10\", expected " + number},
      {"n=10kk", "n: found \"10kk\", expected " + number},
      {"n=k", "n: found \"k\", expected " + number},
      {"n=1e", "n: found \"1e\", expected " + number},
      {"n=e5", "n: found \"e5\", expected " + number},
      {"n=1e-5", "n: found \"1e-5\", expected " + number},
      {"n=1e5k", "n: found \"1e5k\", expected " + number},
      {"n=1e99", "n: found \"1e99\", expected " + number},
      {"n=10m", "n: found \"10m\", expected " + number},
      {"n=99999999999999999999", "n: found \"99999999999999999999\", expected " + number},
      {"n=1,000", "text: found \"000\", expected KEY=VALUE"},
      {"n==5", "n: found \"=5\", expected " + number},
      {"n=\u0665", "n: found \"\u0665\", expected " + number},
      {"n=0", "n: found \"0\", expected 2 to 1000000"},
      {"n=1", "n: found \"1\", expected 2 to 1000000"},
      {"n=1000001", "n: found \"1000001\", expected 2 to 1000000"},
      {"n=2M", "n: found \"2M\", expected 2 to 1000000"},
      {"prompt=0", "prompt: found \"0\", expected 1 to 1000 (n)"},
      {"prompt=1001", "prompt: found \"1001\", expected 1 to 1000 (n)"},
      {"n=10 prompt=11", "prompt: found \"11\", expected 1 to 10 (n)"},
      {"batch=0", "batch: found \"0\", expected 1 to 1000000"},
      {"batch=1e7", "batch: found \"1e7\", expected 1 to 1000000"},
      {"context=999", "context: found \"999\", expected 1000 (n) to 1000000"},
      {"context=2M", "context: found \"2M\", expected 1000 (n) to 1000000"},
      {"at=1001", "at: found \"1001\", expected 1 (prompt) to 1000 (n)"},
      {"prompt=5 at=4", "at: found \"4\", expected 5 (prompt) to 1000 (n)"},
      {"width=0", "width: found \"0\", expected 1 to 16384"},
      {"width=16385", "width: found \"16385\", expected 1 to 16384"},
      {"layers=257", "layers: found \"257\", expected 1 to 256"},
      {"heads=257", "heads: found \"257\", expected 1 to 256"},
      {"kv_heads=0", "kv_heads: found \"0\", expected 1 to 256"},
      {"head_dim=514", "head_dim: found \"514\", expected 1 to 512"},
      {"ffn=65537", "ffn: found \"65537\", expected 1 to 65536"},
      {"vocab=1048577", "vocab: found \"1048577\", expected 1 to 1048576"},
      {"heads=5",
       "heads: found 5, expected a divisor of width 64 that leaves each head an even width of at "
       "most 512"},
      {"heads=64",
       "heads: found 64, expected a divisor of width 64 that leaves each head an even width of at "
       "most 512"},
      {"width=4096 heads=4",
       "heads: found 4, expected a divisor of width 4096 that leaves each head an even width of at "
       "most 512"},
      {"mlp=plain heads=3",
       "heads: found 3, expected a divisor of width 64 that leaves each head a width of at most "
       "512"},
      {"kv_heads=3", "kv_heads: found 3, expected a divisor of heads 4"},
      {"head_dim=15", "head_dim: found 15, expected an even number, for rotary positions"},
      {"mlp=plain kv_heads=2", "kv_heads: found 2, expected 4, as many as heads, with mlp=plain"},
      {"mlp=plain head_dim=8", "head_dim: found 8, expected width 64 / heads 4, with mlp=plain"},
      {"mlp=swiglu", "mlp: found \"swiglu\", expected plain or gated"},
      {"tied=yes", "tied: found \"yes\", expected off or on"},
      {"page=chart",
       "page: found \"chart\", expected curves, draw, drill, memory, roofline or machine"},
      {"page=", "page: found \"\", expected curves, draw, drill, memory, roofline or machine"},
      {"page=Memory",
       "page: found \"Memory\", expected curves, draw, drill, memory, roofline or machine"},
      {"of=all", "of: found \"all\", expected step or run"},
      {"part=w",
       "part: found \"w\", expected total, all, attention, rest, q, k, v, scores, weighted_sum, "
       "output, mlp or head"},
      {"with=1", "with: found \"1\", expected off or on"},
      {"with=off without=off",
       "with: found \"off\", expected at least one of with, without and padded on"},
      {"axes=loglog", "axes: found \"loglog\", expected linear or log"},
      {"ask=both", "ask: found \"both\", expected with, without or padded"},
      {"seed=-1", "seed: found \"-1\", expected " + number},
      {"seed=18446744073709551616", "seed: found \"18446744073709551616\", expected " + number},
      {"dtype=fp8", "dtype: found \"fp8\", expected f32, f16, bf16, int8 or int4"},
      {"machine=b200", "machine: found \"b200\", expected h100, a100 or here"},
      {"pairs=half", "pairs: found \"half\", expected all or visible"},
      {"model=deepseek-v3",
       "model: found \"deepseek-v3\", expected one whose FLOPs have a closed form, for "
       "page=curves"},
      {"model=deepseek-v3 layers=4 page=memory",
       "layers: found \"4\", expected no sizes beside model=deepseek-v3, which is as published"},
  };
  return texts;
}

TEST(ScenarioText, SaysWhatIsWrongInOneLine) {
  ASSERT_GE(bad_texts().size(), 60U);
  for (const auto& [text, message] : bad_texts()) {
    const auto scenario = parsed(text);
    ASSERT_FALSE(scenario) << text;
    EXPECT_EQ(scenario.error().message, "scenario: " + message);
    EXPECT_EQ(scenario.error().kind, core::ErrorKind::usage);
  }
}

TEST(ScenarioText, ListsWhatThereIs) {
  const auto model = parsed("model=gpt-5");
  ASSERT_FALSE(model);
  EXPECT_TRUE(model.error().message.starts_with(
      "scenario: model: found \"gpt-5\", expected own, gpt2, gpt2-medium, "))
      << model.error().message;
  const auto key = parsed("tokens=5");
  ASSERT_FALSE(key);
  EXPECT_TRUE(key.error().message.starts_with(
      "scenario: key: found \"tokens\", expected model, width, layers, "))
      << key.error().message;
  EXPECT_FALSE(parsed("model="));
}

std::string mutated(std::string text, std::uint64_t seed) {
  static constexpr std::string_view pieces[] = {"=", " ", ",",    "9",    "0",   "e",
                                                "k", "M", "-",    "n",    "on",  "\n",
                                                "?", "",  "\xFF", "=on ", "10e9"};
  for (std::uint64_t i = 0; i < 1 + seed % 2; ++i) {
    const std::uint64_t bits = core::random_bits(seed, i);
    const std::size_t at = bits % (text.size() + 1);
    const std::string_view piece = pieces[bits / 1024 % std::size(pieces)];
    text.replace(at, std::min<std::size_t>(bits / 65536 % 3, text.size() - at), piece);
  }
  return text;
}

TEST(ScenarioText, MutatedIsAScenarioOrAMistake) {
  int scenarios = 0, mistakes = 0;
  for (std::uint64_t seed = 0; seed < 6000; ++seed) {
    const std::string text = mutated(app::to_text(random_scenario(seed % 300), known_sizes), seed);
    const auto scenario = parsed(text);
    if (scenario) {
      ++scenarios;
      EXPECT_EQ(complaint(*scenario), "") << text;
      continue;
    }
    ++mistakes;
    const std::string& message = scenario.error().message;
    EXPECT_TRUE(message.starts_with("scenario: ")) << message;
    EXPECT_NE(message.find(", expected "), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_EQ(core::find_invalid_utf8(message), std::string::npos) << message;
  }
  EXPECT_GT(scenarios, 100);
  EXPECT_GT(mistakes, 500);
}

TEST(WholeNumbers, AreReadAsAPersonWritesThem) {
  EXPECT_EQ(app::parse_whole_number("0"), 0U);
  EXPECT_EQ(app::parse_whole_number("1500"), 1500U);
  EXPECT_EQ(app::parse_whole_number("100k"), 100'000U);
  EXPECT_EQ(app::parse_whole_number("1M"), 1'000'000U);
  EXPECT_EQ(app::parse_whole_number("25e3"), 25'000U);
  EXPECT_EQ(app::parse_whole_number("18446744073709551615"), ~std::uint64_t{0});
  EXPECT_EQ(app::parse_whole_number("18446744073709551616"), std::nullopt);
  EXPECT_EQ(app::parse_whole_number("2e19"), std::nullopt);
  EXPECT_EQ(app::parse_whole_number(""), std::nullopt);
  EXPECT_EQ(app::parse_whole_number(" 1"), std::nullopt);
}

}  // namespace
}  // namespace kv::test
