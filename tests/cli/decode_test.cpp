// `kvscope decode` as somebody else's program would call it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/shell/disk_folder.h"
#include "core/files/safetensors.h"
#include "tests/support/expected_values.h"
#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

using nlohmann::json;

constexpr const char* toy = "random:width=16,vocab=40,context=32,seed=3";

std::string joined(const std::vector<core::Token>& tokens) {
  std::string out;
  for (const auto token : tokens) out += (out.empty() ? "" : ",") + std::to_string(token);
  return out;
}

json decoded(std::vector<std::string> args) {
  args.insert(args.begin(), "decode");
  args.push_back("--json");
  const RunResult result = run_program(args);
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.err, "");
  return json::parse(result.out);
}

// One line on stderr, nothing on stdout, the exit code.
void expect_failure(const std::vector<std::string>& args, int status, const std::string& fragment) {
  const RunResult result = run_program(args);
  EXPECT_EQ(result.status, status) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  EXPECT_TRUE(result.err.starts_with("kvscope: ")) << result.err;
  EXPECT_THAT(result.err, testing::HasSubstr(fragment));
}

TEST(DecodeCommand, GivesTheExpectedTokensOfEveryFixture) {
  for (const std::string& model : fixture_models()) {
    const Expected expected = read_expected(model);
    const json out = decoded({"--model", fixture_path(model), "--tokens", joined(expected.prompt),
                              "--steps", std::to_string(expected.tokens.size())});
    EXPECT_EQ(out["tokens"].get<std::vector<core::Token>>(), expected.tokens) << model;
    EXPECT_EQ(out["prompt_tokens"].get<std::vector<core::Token>>(), expected.prompt);
    for (const json& step : out["steps"]) {
      EXPECT_LE(step["max_abs_logit_difference"].get<double>(),
                1e-4 * step["max_abs_logit"].get<double>());
      EXPECT_EQ(step["same_token"], true);
    }
  }
}

TEST(DecodeCommand, StepsSayWhatInterfaceSays) {
  const json out = decoded({"--model", toy, "--tokens", "1,2,3", "--steps", "3"});
  EXPECT_EQ(out["steps"].size(), 3U);
  const json& prefill = out["steps"][0];
  EXPECT_EQ(prefill["index"], 0);
  EXPECT_EQ(prefill["phase"], "prefill");
  EXPECT_EQ(prefill["position"], 3);
  EXPECT_EQ(prefill["token"], out["tokens"][0]);
  const json& second = out["steps"][1];
  EXPECT_EQ(second["phase"], "decode");
  EXPECT_EQ(second["position"], 4);
  // 2 layers, 4 kv heads of 4: 2 * 2 * 16 values of 4 bytes a row.
  constexpr int row = 2 * 2 * 16 * 4;
  EXPECT_EQ(prefill["cached"]["cache_write_bytes"], 3 * row);
  EXPECT_EQ(prefill["cached"]["cache_bytes"], 3 * row);
  EXPECT_EQ(second["cached"]["cache_read_bytes"], 3 * row);
  EXPECT_EQ(second["cached"]["cache_write_bytes"], row);
  EXPECT_EQ(second["cached"]["cache_bytes"], 4 * row);
  for (const char* field : {"cache_read_bytes", "cache_write_bytes", "cache_bytes"})
    EXPECT_EQ(second["uncached"][field], 0) << field;
  EXPECT_GT(second["cached"]["weight_bytes"], 0);
  EXPECT_GT(second["uncached"]["seconds"], 0);
}

TEST(DecodeCommand, CountersEqualCount) {
  for (const int prompt : {1, 5}) {
    const int steps = 9;
    const json out = decoded({"--model", toy, "--tokens", prompt == 1 ? "1" : "1,2,3,4,5",
                              "--steps", std::to_string(steps)});
    // The last new token is chosen, not computed with: n tokens are prompt + steps - 1.
    const RunResult counted =
        run_program({"count", "--model", toy, "--length", std::to_string(prompt + steps - 1),
                     "--prompt-tokens", std::to_string(prompt), "--json"});
    ASSERT_EQ(counted.status, 0) << counted.err;
    const json run = json::parse(counted.out)["runs"][0];
    for (const char* side : {"cached", "uncached"}) {
      std::map<std::string, std::uint64_t> sum;
      for (const json& step : out["steps"])
        for (const auto& [name, value] : step[side]["flops"].items())
          sum[name] += value.get<std::uint64_t>();
      for (const auto& [name, value] : run[side].items())
        EXPECT_EQ(sum.at(name), value.get<std::uint64_t>()) << side << " " << name;
      EXPECT_EQ(sum.size(), run[side].size());
    }
    EXPECT_EQ(run["kv_bytes"], out["steps"].back()["cached"]["cache_bytes"]);
  }
}

TEST(DecodeCommand, OneSideAlone) {
  const json both = decoded({"--model", toy, "--tokens", "1,2", "--steps", "5"});
  const json on = decoded({"--model", toy, "--tokens", "1,2", "--steps", "5", "--cache", "on"});
  const json off = decoded({"--model", toy, "--tokens", "1,2", "--steps", "5", "--cache", "off"});
  EXPECT_EQ(on["tokens"], both["tokens"]);
  EXPECT_EQ(off["tokens"], both["tokens"]);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_FALSE(on["steps"][i].contains("uncached"));
    EXPECT_FALSE(off["steps"][i].contains("cached"));
    EXPECT_EQ(on["steps"][i]["cached"]["flops"], both["steps"][i]["cached"]["flops"]);
    EXPECT_EQ(off["steps"][i]["uncached"]["flops"], both["steps"][i]["uncached"]["flops"]);
  }
}

TEST(DecodeCommand, SamplesReproducibly) {
  const std::vector<std::string> line = {"--model",       toy, "--tokens", "1", "--steps", "20",
                                         "--temperature", "2", "--seed"};
  const auto with_seed = [&](const std::string& seed) {
    auto args = line;
    args.push_back(seed);
    return decoded(args)["tokens"];
  };
  EXPECT_EQ(with_seed("5"), with_seed("5"));
  EXPECT_NE(with_seed("5"), with_seed("6"));
  const json greedy = decoded({"--model", toy, "--tokens", "1", "--steps", "20"})["tokens"];
  EXPECT_NE(with_seed("5"), greedy);
  EXPECT_EQ(decoded({"--model", toy, "--tokens", "1", "--steps", "20", "--top-k", "1"})["tokens"],
            greedy);
}

TEST(DecodeCommand, StopsAtTheEndTokenOnlyWhenAsked) {
  const std::string model = fixture_path("gpt2-bare-f16");
  const Expected expected = read_expected("gpt2-bare-f16");
  const json through =
      decoded({"--model", model, "--tokens", joined(expected.prompt), "--steps", "12"});
  const json stopped =
      decoded({"--model", model, "--tokens", joined(expected.prompt), "--steps", "12", "--stop"});
  EXPECT_EQ(through["tokens"].size(), 12U);
  EXPECT_EQ(stopped["tokens"].get<std::vector<core::Token>>(), (std::vector<core::Token>{50, 60}));
}

TEST(DecodeCommand, DumpsWhatTheReferenceExpects) {
  const ScratchFolder scratch("dump with spaces");
  for (const std::string& model : fixture_models()) {
    const Expected expected = read_expected(model);
    const std::string file = (scratch.path() / "dump.safetensors").string();
    decoded({"--model", fixture_path(model), "--tokens", joined(expected.prompt), "--steps",
             std::to_string(expected.tokens.size()), "--dump", file});
    const core::Folder folder = app::disk_folder(scratch.path().string());
    const auto dump = core::open_safetensors(folder, "dump.safetensors");
    ASSERT_TRUE(dump) << dump.error().message;
    EXPECT_EQ(dump->tensors.size(), expected.tensors.size());
    for (const auto& info : dump->tensors) {
      ASSERT_TRUE(expected.tensors.contains(info.name)) << info.name;
      const auto& values = expected.tensors.at(info.name);
      std::vector<float> found(info.elements);
      ASSERT_FALSE(
          folder.read("dump.safetensors", info.begin, std::as_writable_bytes(std::span(found))));
      ASSERT_EQ(found.size(), values.size()) << info.name;
      for (std::size_t i = 0; i < found.size(); ++i)
        ASSERT_NEAR(found[i], values[i], 1e-4) << model << " " << info.name << "[" << i << "]";
    }
  }
}

TEST(DecodeCommand, WritesOneRowPerStep) {
  const ScratchFolder scratch;
  const std::string file = (scratch.path() / "steps.csv").string();
  const RunResult result =
      run_program({"decode", "--model", toy, "--tokens", "1,2", "--steps", "4", "--csv", file});
  ASSERT_EQ(result.status, 0) << result.err;
  std::ifstream in(file);
  std::string header, line;
  std::getline(in, header);
  const auto columns = std::ranges::count(header, ',');
  int rows = 0;
  for (; std::getline(in, line); ++rows) EXPECT_EQ(std::ranges::count(line, ','), columns) << line;
  EXPECT_EQ(rows, 4);
  EXPECT_THAT(header, testing::HasSubstr("uncached_scores_flops"));
}

TEST(DecodeCommand, RefusesInOneLine) {
  expect_failure({"decode", "--model", toy, "--tokens", "1,x"}, 2, "\"x\"");
  expect_failure({"decode", "--model", toy, "--tokens", "40"}, 2, "found 40, expected 0 to 39");
  expect_failure({"decode", "--model", toy, "--tokens", ""}, 2, "--tokens");
  expect_failure({"decode", "--model", toy, "--tokens", "1", "--steps", "0"}, 2, "--steps");
  expect_failure({"decode", "--model", toy, "--tokens", "1", "--steps", "33"}, 2, "context");
  expect_failure({"decode", "--model", toy, "--tokens", "1", "--prompt", "a"}, 2, "--prompt");
  expect_failure({"decode", "--model", toy}, 2, "--tokens");
  expect_failure({"decode", "--tokens", "1"}, 2, "--model");
  expect_failure({"decode", "--model", toy, "--prompt", "hello"}, 2, "no tokenizer.json");
  // Told before anything is computed, which for this model would take hours.
  const std::vector<std::string> vast = {
      "decode", "--model", "random:context=1048576", "--tokens", "1", "--steps", "1000000"};
  for (const char* option : {"--csv", "--dump"}) {
    auto command = vast;
    command.insert(command.end(), {option, "/no/such/folder/file"});
    expect_failure(command, 3, "/no/such/folder/file\": cannot write");
  }
  expect_failure({"decode", "--model", toy, "--tokens", "1", "--cache", "maybe"}, 2, "maybe");
  expect_failure({"decode", "--model", toy, "--tokens", "1", "--top-p", "2"}, 2, "top-p");
  expect_failure({"decode", "--model", "random:width=7", "--tokens", "1"}, 2, "width 7");
  expect_failure({"decode", "--model", "/no/such/folder", "--tokens", "1"}, 4, "/no/such/folder");
  expect_failure({"decode", "--model", KVSCOPE_FIXTURES, "--tokens", "1"}, 4, "config.json");
  expect_failure({"decode", "--model", toy, "--tokens", "1", "--csv", "/no/such/dir/x.csv"}, 3,
                 "/no/such/dir/x.csv");
}

TEST(DecodeCommand, FillsTheContextToItsLastPosition) {
  const json out = decoded({"--model", toy, "--tokens", "1", "--steps", "32", "--cache", "on"});
  EXPECT_EQ(out["tokens"].size(), 32U);
  EXPECT_EQ(decoded({"--model", toy, "--tokens", "1,2,3"})["tokens"].size(), 16U);
}

TEST(DecodeCommand, LocaleChangesNothing) {
  const std::vector<std::string> line = {
      "decode", "--model", toy, "--tokens", "1", "--steps", "3", "--temperature", "0.5", "--json"};
  const auto numbers = [&](const char* locale) {
    json out = json::parse(run_program(line, {.env = {{"LC_ALL", locale}}}).out);
    for (json& step : out["steps"])
      for (const char* side : {"cached", "uncached"}) step[side].erase("seconds");
    return out.dump();
  };
  EXPECT_EQ(numbers("C"), numbers("de_DE.UTF-8"));
}

TEST(DecodeCommand, CtrlCEndsCleanly) {
  const ScratchFolder scratch;
  const RunResult result =
      run({"timeout", "--preserve-status", "-s", "INT", "1", KVSCOPE_PROGRAM, "decode", "--model",
           "random:width=256,layers=8,context=8192", "--tokens", "1", "--steps", "8000", "--csv",
           (scratch.path() / "out.csv").string()});
  EXPECT_EQ(result.status, 130);
  EXPECT_EQ(result.out, "");
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
}

}  // namespace
}  // namespace kv::test
