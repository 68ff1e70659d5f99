// What may be written on the command line, and what a refusal of it looks like.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

using Words = std::vector<std::string>;

Words operator+(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// One line on stderr without anything a terminal would obey, nothing on stdout, the exit code.
void expect_refusal(const Words& line, int status, const std::string& fragment) {
  const RunResult result = run_program(line);
  EXPECT_EQ(result.status, status) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  EXPECT_TRUE(std::ranges::all_of(result.err, [](char c) {
    return c == '\n' || (c >= ' ' && c <= '~');
  })) << result.err;
  EXPECT_THAT(result.err, HasSubstr(fragment));
}

const Words decode_toy = {"decode", "--model", "random:width=16,vocab=40,context=32", "--tokens",
                          "1"};

std::string story(const Words& sampling) {
  const RunResult result = run_program(
      Words{"decode", "--model", "story", "--prompt", "Mia has", "--steps", "8", "--json"} +
      sampling);
  EXPECT_EQ(result.status, 0) << result.err;
  return json::parse(result.out).at("text");
}

TEST(Sampling, ShapeOfTheDistributionAsksForIt) {
  for (const Words& shape : {Words{"--top-k", "50"}, Words{"--top-p", "0.99"}}) {
    std::set<std::string> texts;
    for (const char* seed : {"1", "2", "3", "4"})
      texts.insert(story(shape + Words{"--seed", seed}));
    EXPECT_GT(texts.size(), 1U) << shape.front();
  }
}

TEST(Sampling, SeedAloneStaysGreedy) {
  const std::string greedy = story({});
  EXPECT_EQ(story({"--seed", "3"}), greedy);
  EXPECT_EQ(story({"--seed", "3", "--top-k", "50", "--temperature", "0"}), greedy);
}

TEST(CountCommand, RefusesWhatSumsCannotHold) {
  const Words longest = {"count", "--preset", "llama-3-405b", "--length", "1000000000", "--json"};
  expect_refusal(longest + Words{"--batch", "130000"}, 2,
                 "--batch: found 130000 with a length of 1000000000, expected at most 1000");
  expect_refusal(longest + Words{"--batch", "1001"}, 2, "--batch");
  const RunResult most = run_program(longest + Words{"--batch", "1000"});
  EXPECT_EQ(most.status, 0) << most.err;
}

TEST(Version, IsToldByEveryCommand) {
  const std::string version = run_program({"--version"}).out;
  EXPECT_THAT(version, HasSubstr("kvscope "));
  for (const Words& command :
       {Words{"gui"}, Words{"render"}, Words{"decode"}, Words{"count"}, Words{"bench"},
        Words{"bench", "attention"}, Words{"bench", "model"}, Words{"bench", "growth"},
        Words{"exam"}, Words{"tokenize"}, Words{"check"}, Words{"list"}}) {
    const RunResult result = run_program(command + Words{"--version"});
    EXPECT_EQ(result.status, 0) << command.back() << ": " << result.err;
    EXPECT_EQ(result.out, version) << command.back();
    EXPECT_EQ(result.err, "") << command.back();
  }
}

TEST(Refusals, AreOneCleanLine) {
  const std::string nasty = "\x1b[31m\xff";
  expect_refusal(decode_toy + Words{"--steps", nasty}, 2, R"(--steps: found "\x1b[31m\xff")");
  expect_refusal(decode_toy + Words{"--cache", nasty}, 2, "--cache");
  expect_refusal(decode_toy + Words{"--cache", "a\nb\xc2\x9b"}, 2, "--cache");
  expect_refusal(decode_toy + Words{"--" + nasty}, 2, R"(\xff)");
  expect_refusal({nasty}, 2, R"(\xff)");
  expect_refusal({"tokenize", "--model", nasty, "--text", "a"}, 4, R"(\xff)");
}

TEST(Numbers, WholeOnesAreDigits) {
  for (const char* text : {"010", "0x10", "", "1.5", "1e3", "+5", " 5", "5 ", "five", "-"})
    for (const char* option : {"--steps", "--top-k", "--seed"})
      expect_refusal(decode_toy + Words{option, text}, 2,
                     std::string(option) + ": found \"" + text + "\", expected a whole number");
  expect_refusal(decode_toy + Words{"--seed", "-1"}, 2, R"(--seed: found "-1", expected a whole)");
  for (const char* option : {"--steps", "--top-k", "--seed"})
    expect_refusal(decode_toy + Words{option, "99999999999999999999999"}, 2, option);
  expect_refusal(decode_toy + Words{"--top-k", "99999999999"}, 2, "--top-k");
  for (const Words& line :
       {Words{"count", "--preset", "gpt2", "--length", "64", "--batch"},
        Words{"count", "--preset", "gpt2", "--length", "64", "--prompt-tokens"},
        Words{"bench", "attention", "--width"}, Words{"bench", "model", "--model", "x", "--tokens"},
        Words{"exam", "--out", "e.csv", "--questions"}, Words{"exam", "--out", "e.csv", "--seed"},
        Words{"render", "--place", "explore", "--out", "p.png", "--step"}})
    expect_refusal(line + Words{"010"}, 2, line.back() + R"(: found "010", expected a whole)");
}

TEST(Numbers, RealOnesAreFinite) {
  const Words render = {"render", "--place", "costs", "--out", "p.png"};
  for (const char* text : {"nan", "inf", "-inf", "", "0x1p3", "1e999", "1,5", "1.5x", " 1"}) {
    const std::string words = ": found \"" + std::string(text) + "\", expected a number";
    for (const char* option : {"--temperature", "--top-p"})
      expect_refusal(decode_toy + Words{option, text}, 2, option + words);
    for (const char* option : {"--scale", "--seconds", "--guess"})
      expect_refusal(render + Words{option, text}, 2, option + words);
    expect_refusal({"--scale", text}, 2, "--scale" + words);
  }
}

TEST(Numbers, UsualOnesAreTaken) {
  for (const Words& options :
       {Words{"--steps", "10"}, Words{"--seed", "18446744073709551615"}, Words{"--seed", "0"},
        Words{"--temperature", "1e-1"}, Words{"--temperature", ".5"}, Words{"--top-k", "0"}}) {
    const RunResult result = run_program(decode_toy + options);
    EXPECT_EQ(result.status, 0) << options.front() << " " << options.back() << ": " << result.err;
  }
}

TEST(CheckCommand, SaysWhenItsResultsCannotBeWritten) {
  const RunResult result = run({"bash", "-c", R"("$0" check "$1" >/dev/full)", KVSCOPE_PROGRAM,
                                std::string(KVSCOPE_SOURCE_DIR) + "/lessons/template"});
  EXPECT_EQ(result.status, 1) << result.err;
  EXPECT_THAT(result.err, HasSubstr("standard output: cannot write"));
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
}

TEST(TokenizeCommand, NamesAFileThatIsNoText) {
  const ScratchFolder folder;
  const std::string bad = folder.write("bad.txt", "abc\xff").string();
  expect_refusal({"tokenize", "--model", "story", "--file", bad}, 4, bad + ": text: found");
  expect_refusal({"tokenize", "--model", "story", "--text", "abc\xff"}, 2, "text: found");
}

// Making the weights would fail first: no machine holds them.
TEST(BenchCommand, JudgesTokensBeforeWeights) {
  const std::string huge = "random:width=16384,layers=256,heads=64,ffn=65536,context=8";
  for (const char* kind : {"model", "growth"}) {
    const Words line = {"bench", kind, "--model", huge, "--tokens"};
    expect_refusal(line + Words{"9"}, 2, "context: found 9 positions");
    expect_refusal(line + Words{"2"}, 3, "needs");
  }
}

}  // namespace
}  // namespace kv::test
