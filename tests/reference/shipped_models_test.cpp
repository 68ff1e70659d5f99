// The models that come with the program still do what their prompts.json says they do: lessons and
// the first screen rely on it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/shell/open_model.h"
#include "core/run/run.h"

namespace kv::test {
namespace {

using core::Token;
using nlohmann::json;

// The prompts were recorded by an independent float64 implementation, rounded to four digits.
constexpr double tolerance = 2e-3;

json prompts_of(const std::string& model) {
  std::ifstream file(std::filesystem::path(KVSCOPE_SOURCE_DIR) / "assets/models" / model /
                     "prompts.json");
  return json::parse(file);
}

class ShippedModel : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto opened_model = app::open_model(GetParam());
    ASSERT_TRUE(opened_model) << opened_model.error().message;
    opened = *std::move(opened_model);
    ASSERT_TRUE(opened.tokenizer);
    prompts = prompts_of(GetParam())["prompts"];
  }

  app::OpenedModel opened;
  json prompts;
};

TEST_P(ShippedModel, ContinuesEveryPromptAsRecorded) {
  core::Workspace work;
  for (const json& entry : prompts) {
    const std::string text = entry["prompt"];
    const auto ids = opened.tokenizer->encode(text);
    ASSERT_TRUE(ids) << ids.error().message;
    EXPECT_EQ(*ids, entry["prompt_tokens"].get<std::vector<Token>>()) << text;
    auto run = core::start_run(opened.model, *ids);
    ASSERT_TRUE(run) << run.error().message;
    const auto expected = entry["continuation_tokens"].get<std::vector<Token>>();
    double least = 1;
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      run = core::extend(*std::move(run), work, {.with_uncached = i == 0});
      ASSERT_TRUE(run) << run.error().message;
      tokens.push_back(run->steps.back()->token);
      least = std::min(least, run->steps.back()->probability);
    }
    EXPECT_EQ(tokens, expected) << text;
    EXPECT_NEAR(least, entry["least_probability"].get<double>(), tolerance) << text;
    const auto all = core::tokens_of(*run);
    EXPECT_EQ(opened.tokenizer->decode(all).substr(opened.tokenizer->decode(*ids).size()),
              entry["continuation"])
        << text;
  }
}

TEST_P(ShippedModel, HeadsLookWhereRecorded) {
  core::Workspace work;
  for (const json& entry : prompts) {
    auto tokens = entry["prompt_tokens"].get<std::vector<Token>>();
    for (const json& token : entry["continuation_tokens"]) tokens.push_back(token);
    core::KvCache cache;
    const int rows = static_cast<int>(tokens.size());
    core::make_room(cache, opened.model->config, rows);
    core::Record record;
    core::forward(*opened.model, core::view_of(cache), tokens, work, {.record = &record});
    for (const json& look : entry["look"]) {
      const auto probabilities = record.layer(look["layer"].get<int>() - 1)->probabilities;
      const int head = look["head"].get<int>() - 1;
      double sum = 0;
      for (const json& pair : look["pairs"]) {
        const int at = (head * rows + pair[0].get<int>()) * rows + pair[1].get<int>();
        sum += probabilities[static_cast<std::size_t>(at)];
      }
      EXPECT_NEAR(sum / static_cast<double>(look["pairs"].size()), look["score"].get<double>(),
                  tolerance)
          << entry["id"] << " " << look["job"];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Models, ShippedModel, testing::ValuesIn(app::built_in_models()));

}  // namespace
}  // namespace kv::test
