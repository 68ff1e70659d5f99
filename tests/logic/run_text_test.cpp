// Tokens and candidates as the picture names them: against choosing itself.
#include "app/logic/run_text.h"

#include <random>
#include <set>

#include "tests/logic/bench.h"

namespace kv::test {
namespace {

namespace act = app::act;

core::Step step_of(std::vector<float> logits, core::Token token) {
  core::Step step;
  step.logits = std::move(logits);
  step.token = token;
  return step;
}

TEST(Candidates, AreTheMostLikelyBestFirst) {
  const app::OpenModel model;
  const auto list = app::candidates_of(model, {}, step_of({0, 3, 1, 3, 2}, 1));
  ASSERT_EQ(list.size(), 5U);
  const core::Token order[] = {1, 3, 4, 2, 0};  // the lower id first among equals
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(list[i].token, order[i]);
  EXPECT_EQ(list[0].text, "#1");
  double sum = 0;
  for (const auto& candidate : list) sum += candidate.probability;
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_TRUE(list[0].kept);
  EXPECT_FALSE(list[1].kept);  // greedy takes one
}

TEST(Candidates, HaveTheProbabilitiesOfTheModel) {
  std::mt19937_64 random(1);
  std::vector<float> logits(300);
  for (float& logit : logits) logit = std::normal_distribution<float>(0, 3)(random);
  const auto list = app::candidates_of({}, {.temperature = 0.5, .seed = 1}, step_of(logits, 17));
  for (const auto& candidate : list)
    EXPECT_NEAR(candidate.probability, core::token_probability(logits, candidate.token), 1e-9);
  EXPECT_GE(list.size(), app::most_candidates);
  EXPECT_LE(list.size(), app::most_candidates + 1);
  EXPECT_TRUE(std::ranges::find(list, 17, &scene::Candidate::token) != list.end());
}

TEST(Candidates, AreKeptExactlyWhereChoosingCanTakeThem) {
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<float> logits(20);
    for (float& logit : logits) logit = std::normal_distribution<float>(0, 2)(random);
    core::Sampling sampling{.temperature = trial % 2 == 0 ? 1.0 : 3.0,
                            .top_k = trial % 3 == 0 ? 0 : 1 + trial % 9,
                            .top_p = trial % 4 == 0 ? 1.0 : 0.3 + 0.02 * (trial % 30),
                            .seed = 1};
    std::set<core::Token> chosen;
    for (int position = 0; position < 4000; ++position)
      chosen.insert(core::choose_token(logits, sampling, position));
    const auto list = app::candidates_of({}, sampling, step_of(logits, 19));
    for (const auto& candidate : list) {
      if (chosen.contains(candidate.token)) {
        EXPECT_TRUE(candidate.kept) << trial << " " << candidate.token;
      }
      // A kept one of some weight is drawn sooner or later.
      if (candidate.kept && candidate.probability > 0.02) {
        EXPECT_TRUE(chosen.contains(candidate.token)) << trial << " " << candidate.token;
      }
    }
  }
}

TEST(Candidates, OfATinyVocabularyAreAllOfIt) {
  EXPECT_EQ(app::candidates_of({}, {}, step_of({1}, 0)).size(), 1U);
  EXPECT_EQ(app::candidates_of({}, {.temperature = 1, .top_k = 5}, step_of({1, 2}, 0)).size(), 2U);
}

// The texts of a run made anew, to compare those that grew with it.
void expect_fresh_texts(const app::AppState& state) {
  app::AppState anew = state;
  anew.text = nullptr;
  anew.costs = nullptr;
  app::refresh_text(anew, -1);
  EXPECT_EQ(anew.text->tokens, state.text->tokens);
  ASSERT_EQ(anew.text->candidates.size(), state.text->candidates.size());
  for (std::size_t s = 0; s < anew.text->candidates.size(); ++s)
    for (std::size_t i = 0; i < anew.text->candidates[s].size(); ++i)
      EXPECT_EQ(anew.text->candidates[s][i].text, state.text->candidates[s].at(i).text);
  EXPECT_EQ(anew.costs->cached, state.costs->cached);
  EXPECT_EQ(anew.costs->uncached, state.costs->uncached);
  EXPECT_EQ(anew.costs->uncached_counted, state.costs->uncached_counted);
}

TEST(RunText, GrowsWithTheRunAndIsCutWithIt) {
  Bench bench("tiny");
  bench.take_steps(4);
  expect_fresh_texts(bench.state());
  bench.act(act::ForceToken{2, 100});
  expect_fresh_texts(bench.state());
  bench.take_steps(2);
  bench.press(app::Command::back);
  bench.act(act::SetSampling{{.temperature = 1, .seed = 2}});
  expect_fresh_texts(bench.state());
  bench.act(act::SetPrompt{"eight nine"});
  expect_fresh_texts(bench.state());
  for (int i = 0; i < 3; ++i) {
    bench.press(app::Command::undo);
    expect_fresh_texts(bench.state());
  }
  for (int i = 0; i < 3; ++i) bench.press(app::Command::redo);
  expect_fresh_texts(bench.state());
  bench.act(act::LoadModel{"ids"});
  expect_fresh_texts(bench.state());
}

TEST(RunText, OlderPicturesKeepTheirs) {
  Bench bench("tiny");
  const auto before = bench.state().text;
  const auto costs = bench.state().costs;
  const std::size_t tokens = before->tokens.size();
  bench.take_steps(3);
  EXPECT_EQ(before->tokens.size(), tokens);
  EXPECT_EQ(costs->cached.size(), 2U);
  EXPECT_EQ(bench.state().text->tokens.size(), tokens + 3);
}

}  // namespace
}  // namespace kv::test
