// count, bench, list, tokenize and check, as somebody else's program would call them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string models = std::string(KVSCOPE_FIXTURES) + "/models/";

RunResult expect_status(const std::vector<std::string>& args, int status) {
  RunResult result = run_program(args);
  EXPECT_EQ(result.status, status) << result.err;
  if (status != 0) {
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  }
  return result;
}

json counted(std::vector<std::string> args) {
  args.insert(args.begin(), "count");
  args.push_back("--json");
  return json::parse(expect_status(args, 0).out);
}

TEST(Program, UnknownWordsAreWrongUsage) {
  EXPECT_THAT(expect_status({"decod"}, 2).err, HasSubstr("decod"));
  EXPECT_THAT(expect_status({"count", "--lenght", "3"}, 2).err, HasSubstr("kvscope"));
  EXPECT_THAT(expect_status({"--version"}, 0).out, HasSubstr("kvscope "));
}

TEST(CountCommand, FiguresPeopleKnow) {
  const json llama3 = counted({"--preset", "llama-3-8b", "--length", "100000"});
  EXPECT_EQ(llama3["runs"][0]["kv_bytes"], 13'107'200'000);
  EXPECT_EQ(llama3["runs"][0]["weight_bytes"], 16'060'522'496);
  EXPECT_EQ(llama3["kv_dtype"], "f16");
  const json llama2 = counted({"--preset", "llama-2-7b", "--length", "1"});
  EXPECT_EQ(llama2["runs"][0]["kv_bytes"], 524'288);
  const json llama13 = counted({"--preset", "llama-2-13b", "--length", "1,8192"});
  EXPECT_EQ(llama13["runs"][0]["kv_bytes"], 819'200);
  EXPECT_EQ(llama13["runs"][1]["kv_bytes"], 819'200LL * 8192);
  const auto llama70 = [](const char* dtype) {
    return counted({"--preset", "llama-3-70b", "--length", "1", "--kv-dtype", dtype});
  };
  EXPECT_EQ(llama70("bf16")["runs"][0]["kv_bytes"], 320 * 1024);
  EXPECT_EQ(llama70("int8")["runs"][0]["kv_bytes"], 160 * 1024);
  EXPECT_EQ(llama70("int4")["runs"][0]["kv_bytes"], 80 * 1024);
  const json gpt2 = counted(
      {"--preset", "gpt2", "--length", "1024", "--prompt-tokens", "1024", "--logits", "all"});
  for (const char* side : {"cached", "uncached"}) {
    EXPECT_EQ(gpt2["runs"][0][side]["total"], 291'648'307'200) << side;
    EXPECT_EQ(gpt2["runs"][0]["per_layer"][side]["total"], 17'716'740'096) << side;
  }
  EXPECT_EQ(
      counted({"--preset", "gpt2", "--length", "1000", "--kv-dtype", "f32"})["runs"][0]["kv_bytes"],
      18'432'000LL * 4);
}

TEST(CountCommand, BatchMultiplies) {
  const json one = counted({"--preset", "gpt2", "--length", "50"})["runs"][0];
  const json eight = counted({"--preset", "gpt2", "--length", "50", "--batch", "8"})["runs"][0];
  for (const char* side : {"cached", "uncached"})
    for (const auto& [name, value] : one[side].items())
      EXPECT_EQ(value.get<std::uint64_t>() * 8, eight[side][name].get<std::uint64_t>()) << name;
  EXPECT_EQ(one["kv_bytes"].get<std::uint64_t>() * 8, eight["kv_bytes"].get<std::uint64_t>());
  EXPECT_EQ(one["weight_bytes"], eight["weight_bytes"]);
}

TEST(CountCommand, WholeIntegersBeyond64Bits) {
  const std::string out =
      expect_status({"count", "--preset", "llama-3-8b", "--length", "100000", "--json"}, 0).out;
  EXPECT_THAT(out, HasSubstr("\"total\": 244559309674905600000"));
}

TEST(CountCommand, NullWhereNoClosedFormCovers) {
  const json v3 = counted({"--preset", "deepseek-v3", "--length", "1000"});
  EXPECT_TRUE(v3["runs"][0]["cached"]["total"].is_null());
  EXPECT_TRUE(v3["runs"][0]["uncached"]["q"].is_null());
  EXPECT_EQ(v3["runs"][0]["kv_bytes"], 61 * 576 * 2 * 1000);
}

TEST(CountCommand, TakesModelsAndConfigs) {
  const std::string folder = models + "llama-mqa-tied-bf16";
  const json model = counted({"--model", folder, "--length", "10"});
  const json config = counted({"--config", folder + "/config.json", "--length", "10"});
  EXPECT_EQ(model["runs"], config["runs"]);
  EXPECT_EQ(model["kv_dtype"], "f32");
  const RunResult beyond = expect_status({"count", "--model", folder, "--length", "100000"}, 0);
  EXPECT_THAT(beyond.err, HasSubstr("beyond"));
}

TEST(CountCommand, RefusesInOneLine) {
  EXPECT_THAT(expect_status({"count", "--preset", "gpt5", "--length", "1"}, 2).err,
              HasSubstr("gpt2-xl"));
  expect_status({"count", "--preset", "gpt2", "--length", "0"}, 2);
  expect_status({"count", "--preset", "gpt2", "--length", "5", "--prompt-tokens", "6"}, 2);
  expect_status({"count", "--preset", "gpt2", "--length", "5", "--batch", "0"}, 2);
  expect_status({"count", "--preset", "gpt2", "--length", "5", "--kv-dtype", "int3"}, 2);
  expect_status({"count", "--preset", "gpt2", "--model", "random:", "--length", "5"}, 2);
  expect_status({"count", "--config", "/no/such/config.json", "--length", "5"}, 4);
}

TEST(BenchCommand, TimesBothSidesOfAttention) {
  const json out = json::parse(expect_status({"bench", "attention", "--width", "64", "--heads", "4",
                                              "--steps", "16", "--threads", "2", "--json"},
                                             0)
                                   .out);
  EXPECT_EQ(out["without_cache_seconds"].size(), out["with_cache_seconds"].size());
  EXPECT_GE(out["with_cache_seconds"].size(), 3U);
  EXPECT_EQ(out["threads"], 2);
  EXPECT_GT(out["ratio"].get<double>(), 0);
  // Per step of t rows: projections 6 w^2 t and attention 4 w t^2, against 6 w^2 and 4 w t.
  const double w = 64, n = 16;
  const double without = 6 * w * w * n * (n + 1) / 2 + 4 * w * n * (n + 1) * (2 * n + 1) / 6;
  const double with = 6 * w * w * n + 4 * w * n * (n + 1) / 2;
  EXPECT_NEAR(out["flop_ratio"].get<double>(), without / with, 1e-9);
  expect_status({"bench", "attention", "--width", "64", "--heads", "5", "--steps", "2"}, 2);
}

TEST(BenchCommand, TimesBothSidesOfAModel) {
  const json out = json::parse(expect_status({"bench", "model", "--model", "random:", "--tokens",
                                              "20", "--prompt-tokens", "3", "--json"},
                                             0)
                                   .out);
  EXPECT_GE(out["with_cache_seconds"].size(), 3U);
  EXPECT_GT(out["flop_ratio"].get<double>(), 1);
  EXPECT_THAT(expect_status({"bench", "model", "--model", "random:", "--tokens", "9"}, 0).out,
              HasSubstr("WITHOUT CACHE"));
  expect_status({"bench", "model", "--model", "random:context=8", "--tokens", "9"}, 2);
}

TEST(Commands, BenchGrowth) {
  const ScratchFolder scratch("growth");
  const std::string plot = (scratch.path() / "plot.svg").string();
  const json out = json::parse(expect_status({"bench", "growth", "--model", "random:", "--tokens", "9",
                                              "--prompt-tokens", "2", "--out", plot, "--json"},
                                             0)
                                   .out);
  ASSERT_EQ(out.at("points").size(), 8U);
  EXPECT_EQ(out["points"][0]["tokens"], 2);
  EXPECT_EQ(out["points"][7]["tokens"], 9);
  // With no past, a step is a step.
  EXPECT_EQ(out["points"][0]["with_cache"]["flops"], out["points"][0]["without_cache"]["flops"]);
  for (const char* side : {"with_cache", "without_cache"})
    EXPECT_GT(out["points"][7][side]["seconds"].get<double>(), 0);
  EXPECT_GT(out["exponents"]["without_cache"]["flops"].get<double>(), 0.8);
  EXPECT_LT(out["exponents"]["with_cache"]["flops"].get<double>(), 0.2);
  std::ifstream file(plot);
  const std::string drawn{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(drawn, HasSubstr("<svg"));
  EXPECT_THAT(drawn, HasSubstr("exponent"));
  const auto text = expect_status({"bench", "growth", "--model", "random:", "--tokens", "40"}, 0).out;
  EXPECT_THAT(text, HasSubstr("WITHOUT CACHE"));
  EXPECT_THAT(text, HasSubstr("exponent"));
  expect_status({"bench", "growth", "--model", "random:context=8", "--tokens", "9"}, 2);
  expect_status({"bench", "growth", "--model", "random:", "--tokens", "3", "--prompt-tokens", "4"}, 2);
  expect_status({"bench", "growth", "--model", "random:", "--tokens", "3", "--out", "plot.gif"}, 2);
  // An hour of steps that nobody measures for a plot that cannot be kept.
  EXPECT_THAT(expect_status({"bench", "growth", "--model", "random:", "--tokens", "4000", "--out",
                             "/no/such/folder/plot.png"},
                            3)
                  .err,
              HasSubstr("/no/such/folder/plot.png\": cannot write"));
}

TEST(ListCommand, NamesWhatThereIs) {
  const json presets = json::parse(expect_status({"list", "presets", "--json"}, 0).out);
  EXPECT_EQ(presets.size(), 16U);
  for (const json& preset : presets) EXPECT_NE(preset["source"], "");
  EXPECT_EQ(presets[0]["parameters"], 124439808);
  const json languages = json::parse(expect_status({"list", "languages", "--json"}, 0).out);
  EXPECT_EQ(languages.size(), 4U);
  expect_status({"list", "models", "--json"}, 0);
  expect_status({"list", "lessons", "--json"}, 0);
  expect_status({"list", "houses"}, 2);
}

TEST(CheckCommand, JudgesEveryFolder) {
  const RunResult good = expect_status({"check", models + "llama-sharded-f16"}, 0);
  EXPECT_THAT(good.out, HasSubstr("valid llama model"));
  const RunResult mixed = run_program({"check", models + "gpt2-bare-f16", models, "/no/such"});
  EXPECT_EQ(mixed.status, 4);
  EXPECT_EQ(std::ranges::count(mixed.out, '\n'), 1);
  EXPECT_EQ(std::ranges::count(mixed.err, '\n'), 2);
}

TEST(CheckCommand, PassesOverNoFileThatCannotBeRead) {
  const ScratchFolder folder;
  for (const char* file : {"config.json", "model.safetensors"})
    std::filesystem::copy_file(models + "gpt2-bare-f16/" + file, folder.path() / file);
  expect_status({"check", folder.path().string()}, 0);
  ASSERT_EQ(::mkfifo((folder.path() / "tokenizer.json").c_str(), 0600), 0);
  EXPECT_THAT(expect_status({"check", folder.path().string()}, 4).err,
              HasSubstr("tokenizer.json: found a pipe, expected a regular file"));
}

TEST(CheckCommand, JudgesSessions) {
  const ScratchFolder folder;
  const auto good = folder.write("a.kvscope.json", R"({"version": 1, "model": "pocket",
      "prompt_tokens": [1, 2, 3], "steps": 4})");
  EXPECT_THAT(expect_status({"check", good.string()}, 0).out,
              HasSubstr("valid session, model pocket, prompt of 3 tokens, 4 steps"));
  const auto bad = folder.write("b.kvscope.json", R"({"version": 1, "model": "pocket"})");
  EXPECT_THAT(expect_status({"check", bad.string()}, 4).err, HasSubstr("prompt_tokens"));
  // Well-formed, but not for this model.
  const auto long_one = folder.write("c.kvscope.json", R"({"version": 1, "model": "pocket",
      "prompt_tokens": [1, 2], "steps": 5000})");
  for (const auto& args :
       std::vector<std::vector<std::string>>{{"check"}, {"render", "--out", "c.png", "--session"}}) {
    auto command = args;
    command.push_back(long_one.string());
    EXPECT_THAT(expect_status(command, 4).err,
                HasSubstr("c.kvscope.json: steps: found 5000, expected at most 4095"));
  }
  expect_status({"check", (folder.path() / "none.json").string()}, 4);
}

}  // namespace
}  // namespace kv::test
