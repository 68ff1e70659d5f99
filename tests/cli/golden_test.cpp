// What people read in a terminal, word for word.
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/golden.h"
#include "tests/support/run_program.h"

namespace kv::test {
namespace {

// Measured times and rounding errors differ from run to run; their place in the table does not.
std::string without_measurements(std::string text) {
  text = std::regex_replace(text, std::regex("[0-9.]+ (ns|µs|ms|s)\\b"), "<time>");
  text = std::regex_replace(text, std::regex("[0-9]\\.[0-9]e-[0-9]+"), "<diff>");
  text = std::regex_replace(text, std::regex("(x|-) +[0-9.]+x \\|"), "x <ratio> |");
  text = std::regex_replace(text, std::regex("-{4,}"), "---");  // rules are as wide as the times
  return std::regex_replace(text, std::regex(" +"), " ");
}

std::string output_of(const std::vector<std::string>& args) {
  const RunResult result = run_program(args);
  EXPECT_EQ(result.status, 0) << result.err;
  return result.out;
}

TEST(Golden, Help) {
  std::string all;
  const std::vector<std::vector<std::string>> commands = {{},
                                                          {"gui"},
                                                          {"render"},
                                                          {"decode"},
                                                          {"count"},
                                                          {"bench"},
                                                          {"bench", "attention"},
                                                          {"bench", "model"},
                                                          {"bench", "growth"},
                                                          {"exam"},
                                                          {"tokenize"},
                                                          {"check"},
                                                          {"list"}};
  for (auto command : commands) {
    command.push_back("--help");
    all += output_of(command) + "\n";
  }
  expect_golden("cli/golden/help.txt", all);
}

TEST(Golden, Count) {
  expect_golden("cli/golden/count_llama_3_8b.txt",
                output_of({"count", "--preset", "llama-3-8b", "--length", "1000,8192"}));
  expect_golden("cli/golden/count_deepseek_v3.txt",
                output_of({"count", "--preset", "deepseek-v3", "--length", "1000"}));
}

TEST(Golden, Decode) {
  const std::vector<std::string> line = {
      "decode", "--model", "random:width=16,vocab=40,seed=3", "--tokens", "1,2,3", "--steps", "4"};
  expect_golden("cli/golden/decode_both.txt", without_measurements(output_of(line)));
  for (const std::string side : {"on", "off"}) {
    auto one_side = line;
    one_side.insert(one_side.end(), {"--cache", side});
    expect_golden("cli/golden/decode_cache_" + side + ".txt",
                  without_measurements(output_of(one_side)));
  }
}

TEST(Golden, Lists) {
  expect_golden("cli/golden/list_presets.txt", output_of({"list", "presets"}));
  expect_golden("cli/golden/list_languages.txt", output_of({"list", "languages"}));
}

}  // namespace
}  // namespace kv::test
