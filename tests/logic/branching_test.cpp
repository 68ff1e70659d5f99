// Changes of the run: what is kept of it, what is said, and the way back.
#include "app/logic/history.h"
#include "tests/logic/bench.h"

namespace kv::test {
namespace {

using app::Command;
using scene::PartKind;
namespace act = app::act;

TEST(Branching, AnotherPromptKeepsTheRowsOfTheCommonBeginning) {
  Bench bench("ids");
  bench.act(act::SetPromptTokens{{5, 6, 7, 8}});
  bench.take_steps(3);
  bench.act(act::SetPromptTokens{{5, 6, 9, 8}});
  EXPECT_EQ(bench.run().reused_rows, 2);
  EXPECT_TRUE(bench.says("2 of 4 rows"));
  EXPECT_EQ(app::status_of(bench.state()).reused_rows, 2);
  EXPECT_EQ(bench.steps(), 1);
  EXPECT_EQ(bench.run().steps[0]->past, 2);
  EXPECT_TRUE(is_sound(bench.state()));
}

TEST(Branching, APromptOverTheNewTokensKeepsTheirRowsToo) {
  Bench bench("ids");
  bench.take_steps(4);
  auto longer = bench.tokens();  // 4 of the prompt and 5 new ones, the last without a row
  longer.push_back(3);
  bench.act(act::SetPromptTokens{longer});
  EXPECT_EQ(bench.run().reused_rows, 8);
}

TEST(Branching, ShowsTheFirstStepOfANewPromptAsItPasses) {
  Bench bench("tiny");
  bench.act(act::SetPrompt{"one two four"});
  EXPECT_EQ(bench.steps(), 1);
  EXPECT_EQ(bench.moment(), scene::rest_after(0));
  EXPECT_TRUE(app::moving(bench.state()));
  bench.pass(3);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  EXPECT_FALSE(app::moving(bench.state()));
}

TEST(Branching, RefusedPromptsChangeNothing) {
  Bench bench("short");
  bench.take_steps(2);
  const auto before = bench.state().now.run;
  const auto refused = [&](const app::Action& action, std::string_view word) {
    bench.act(action);
    EXPECT_TRUE(bench.says(word)) << word;
    EXPECT_EQ(bench.state().now.run, before);
    EXPECT_TRUE(bench.state().undo.empty());
  };
  refused(act::SetPrompt{""}, "prompt");
  refused(act::SetPrompt{"\xFF\xFE"}, "UTF-8");
  refused(act::SetPromptTokens{{}}, "prompt");
  refused(act::SetPromptTokens{{1, 9999}}, "9999");
  refused(act::SetPromptTokens{{-1}}, "-1");
  refused(act::SetPromptTokens{std::vector<core::Token>(13, 1)}, "13");
  refused(act::SetSampling{{.temperature = -1}}, "temperature");
  refused(act::ForceToken{0, 100000}, "100000");
  Bench ids("ids");
  ids.act(act::SetPrompt{"words"});
  EXPECT_TRUE(ids.says("tokenizer"));
}

TEST(Branching, AForcedTokenCutsWhatCameAfterIt) {
  Bench bench("tiny");
  bench.take_steps(5);
  const auto before = bench.tokens();
  const core::Token other = bench.run().steps[2]->token == 7 ? 8 : 7;
  bench.act(act::ForceToken{2, other});
  EXPECT_EQ(bench.steps(), 3);
  EXPECT_EQ(bench.run().steps[2]->token, other);
  EXPECT_TRUE(bench.run().steps[2]->forced);
  EXPECT_EQ(bench.moment(), scene::rest_after(3));
  EXPECT_EQ(bench.run().cache.rows, static_cast<int>(bench.run().prompt.size()) + 2);
  EXPECT_TRUE(bench.says("5 of 5 rows") || bench.says("rows reused"));
  EXPECT_TRUE(is_sound(bench.state()));
  bench.take_steps(1);  // the run goes on from the forced token
  EXPECT_EQ(bench.run().steps[3]->fresh, 1);
  EXPECT_TRUE(bench.run().steps[3]->uncached->agreement->same_token);
  bench.press(Command::undo);
  EXPECT_EQ(bench.tokens(), before);
  EXPECT_EQ(bench.moment(), scene::rest_after(6));
}

TEST(Branching, ClickingACandidateForcesItAtTheStepShown) {
  Bench bench("tiny");
  bench.take_steps(3);
  bench.press(Command::back);
  ASSERT_EQ(bench.moment(), scene::rest_after(3));
  const core::Token second = bench.state().text->candidates[2][1].token;
  bench.click(PartKind::candidate, 1);
  EXPECT_EQ(bench.steps(), 3);
  EXPECT_EQ(bench.run().steps[2]->token, second);
}

TEST(Branching, ClickingTheTokenThatWasChosenLosesNothing) {
  Bench bench("tiny");
  bench.take_steps(3);
  bench.press(Command::back);
  bench.click(PartKind::candidate, 0);
  EXPECT_EQ(bench.steps(), 4);
  EXPECT_TRUE(bench.state().undo.empty());
}

TEST(Branching, OtherSamplingKeepsTheStepsUpToTheOneShown) {
  Bench bench("tiny");
  bench.take_steps(5);
  const auto before = bench.tokens();
  bench.press(Command::back);
  bench.press(Command::back);
  const core::Sampling warm{.temperature = 5, .top_k = 0, .top_p = 1, .seed = 3};
  bench.act(act::SetSampling{warm});
  EXPECT_EQ(bench.steps(), 4);
  EXPECT_EQ(bench.moment(), scene::rest_after(4));
  const auto kept = bench.tokens();
  EXPECT_TRUE(std::equal(kept.begin(), kept.end(), before.begin()));
  EXPECT_EQ(app::status_of(bench.state()).sampling, "T 5, seed 3");
  bench.take_steps(6);
  EXPECT_NE(bench.tokens(), before);
  bench.act(act::SetSampling{warm});  // as it is: no change, nothing to undo
  EXPECT_EQ(bench.state().undo.size(), 1U);
  bench.press(Command::undo);
  EXPECT_EQ(bench.tokens(), before);
  EXPECT_EQ(app::status_of(bench.state()).sampling, "greedy");
}

TEST(Branching, ResetBeginsAgainAndComesToTheSameTokens) {
  Bench bench("tiny");
  bench.take_steps(4);
  const auto before = bench.tokens();
  bench.press(Command::reset);
  EXPECT_EQ(bench.steps(), 1);
  EXPECT_EQ(bench.run().steps[0]->past, 0);
  bench.take_steps(4);
  EXPECT_EQ(bench.tokens(), before);
  bench.press(Command::undo);
  EXPECT_EQ(bench.tokens(), before);
}

TEST(Branching, SteppingIsNoEntryOfUndo) {
  Bench bench("tiny");
  bench.take_steps(4);
  bench.press(Command::first);
  bench.press(Command::layer_up);
  bench.press(Command::toggle_heat);
  EXPECT_TRUE(bench.state().undo.empty());
  bench.press(Command::undo);
  EXPECT_TRUE(bench.says("Nothing to undo"));
  bench.press(Command::redo);
  EXPECT_TRUE(bench.says("Nothing to redo"));
}

TEST(Branching, UndoAndRedoGoThroughAllChangesBothWays) {
  Bench bench("tiny");
  std::vector<std::vector<core::Token>> history{bench.tokens()};
  const auto change = [&](const app::Action& action) {
    bench.act(action);
    bench.take_steps(2);
    history.push_back(bench.tokens());
  };
  change(act::SetPrompt{"four five"});
  change(act::ForceToken{0, 12});
  change(act::SetSampling{{.temperature = 2, .top_k = 5, .top_p = 0.9, .seed = 4}});
  change(act::SetPromptTokens{{9, 8, 7}});
  change(act::Do{Command::reset});
  change(act::LoadModel{"ids"});
  // Steps taken since a change belong to it: undo leads to where one stood before the next.
  for (std::size_t i = history.size() - 1; i-- > 0;) {
    bench.press(Command::undo);
    EXPECT_EQ(bench.tokens(), history[i]) << i;
    EXPECT_TRUE(is_sound(bench.state()));
  }
  for (std::size_t i = 1; i < history.size(); ++i) {
    bench.press(Command::redo);
    EXPECT_EQ(bench.tokens(), history[i]) << i;
    EXPECT_TRUE(is_sound(bench.state()));
  }
  bench.press(Command::undo);
  bench.act(act::ForceToken{0, 3});
  EXPECT_TRUE(bench.state().redo.empty());
}

TEST(Branching, ABranchLeavesOlderRunsTrue) {
  Bench bench("tiny");
  bench.take_steps(6);
  const auto old_run = bench.state().now.run;
  const auto& block = *old_run->cache.block;
  core::KvBlock rows(block.layers(), block.kv_heads(), block.head_dim(), block.capacity());
  rows.copy_rows(block, old_run->cache.rows);
  bench.act(act::ForceToken{1, 5});
  bench.take_steps(4);
  for (int layer = 0; layer < rows.layers(); ++layer)
    for (int head = 0; head < rows.kv_heads(); ++head)
      for (int row = 0; row < old_run->cache.rows; ++row)
        for (int i = 0; i < rows.head_dim(); ++i)
          ASSERT_EQ(rows.value(layer, head)[row * rows.head_dim() + i],
                    block.value(layer, head)[row * rows.head_dim() + i]);
}

TEST(Branching, UndoIsAsDeepAsItSaysAndTakesBoundedMemory) {
  Bench bench("tiny");
  for (int i = 0; i < 80; ++i) bench.act(act::SetPromptTokens{{i % 600, 2, 3}});
  EXPECT_EQ(bench.state().undo.size(), app::undo_depth);
  const auto& newest = bench.state().undo.back();
  EXPECT_GT(app::bytes_beside(newest, bench.state().now), 0U);
  bench.edit().memory_budget = 3 * app::bytes_beside(newest, bench.state().now);
  bench.act(act::SetPromptTokens{{1}});
  EXPECT_LT(bench.state().undo.size(), 6U);
  EXPECT_GE(bench.state().undo.size(), 2U);
  EXPECT_EQ(bench.state().undo.back().document.run->prompt.front(), 79);
}

}  // namespace
}  // namespace kv::test
