// Opening models: what one meets, and that nothing is lost by a bad one.
#include "tests/logic/bench.h"

namespace kv::test {
namespace {

using app::Command;
namespace act = app::act;

TEST(Opening, MeetsAPromptWithOneStepTaken) {
  const Bench bench("tiny");
  EXPECT_EQ(bench.state().now.prompt_text, "one two three");
  EXPECT_EQ(bench.steps(), 1);
  EXPECT_EQ(bench.moment(), scene::rest_after(1));
  EXPECT_FALSE(app::moving(bench.state()));
  EXPECT_TRUE(bench.state().messages.empty());
  EXPECT_EQ(bench.state().settings.recent_models, std::vector<std::string>{"tiny"});
  EXPECT_TRUE(bench.state().undo.empty());
  EXPECT_TRUE(is_sound(bench.state()));
  const auto subject = app::subject_of(bench.state());
  ASSERT_TRUE(subject.cached && subject.uncached);
  EXPECT_EQ(subject.model_name, "tiny");
  EXPECT_TRUE(bench.run().steps[0]->uncached->agreement->same_token);
}

TEST(Opening, BeginsWithThePromptThatWasAskedFor) {
  Bench bench;
  bench.edit().first_prompt = "four";
  bench.act(act::LoadModel{"tiny"});
  EXPECT_EQ(bench.state().now.prompt_text, "four");
  bench.act(act::LoadModel{"tiny"});
  EXPECT_EQ(bench.state().now.prompt_text, "one two three");
}

TEST(Opening, SaysWhyAnAskedForPromptIsNotTaken) {
  Bench without_words;
  without_words.edit().first_prompt = "four";
  without_words.act(act::LoadModel{"ids"});
  EXPECT_TRUE(without_words.says("tokenizer"));
  EXPECT_EQ(without_words.steps(), 1);
  Bench too_long;
  too_long.edit().first_prompt = "one two three four five six seven eight nine ten eleven twelve";
  too_long.act(act::LoadModel{"short"});
  EXPECT_TRUE(too_long.says("12"));
  EXPECT_EQ(too_long.state().now.prompt_text, "one two three");
}

TEST(Opening, AModelWithoutWordsBeginsWithAFewIds) {
  const Bench bench("ids");
  EXPECT_EQ(bench.run().prompt, (std::vector<core::Token>{1, 2, 3, 4}));
  EXPECT_EQ(bench.state().now.prompt_text, "");
  EXPECT_EQ(bench.state().text->tokens.front(), "#1");
  const Bench one_token("random:width=8,layers=1,heads=1,ffn=8,vocab=2,context=2");
  EXPECT_EQ(one_token.run().prompt, (std::vector<core::Token>{1, 1}));
}

TEST(Opening, KeepsThePromptForAModelThatHasNoneOfItsOwn) {
  Bench bench("tiny");
  bench.act(act::SetPrompt{"seven"});
  bench.act(act::LoadModel{"other"});
  EXPECT_EQ(bench.state().now.model.name, "other");
  EXPECT_EQ(bench.state().now.prompt_text, "seven");
  EXPECT_EQ(bench.run().reused_rows, 0);
}

TEST(Opening, KeepsWhatIsOpenUntilTheNewOneIsThere) {
  Bench bench("tiny");
  bench.take_steps(3);
  const auto before = bench.state().now.run;
  bench.act_only(act::LoadModel{"other"});
  EXPECT_EQ(bench.state().loading, "other");
  EXPECT_EQ(bench.state().now.run, before);
  bench.act_only(act::Do{Command::layer_up});
  EXPECT_EQ(bench.state().loading, "other");
  bench.settle();
  EXPECT_EQ(bench.state().now.model.name, "other");
  EXPECT_EQ(bench.state().settings.recent_models, (std::vector<std::string>{"other", "tiny"}));
}

TEST(Opening, ABadModelIsSaidAndNothingLost) {
  Bench bench("tiny");
  bench.take_steps(2);
  const auto before = bench.state().now.run;
  bench.act(act::LoadModel{"bad"});
  EXPECT_TRUE(bench.says("bad: config.json: found nothing, expected a model"));
  EXPECT_EQ(bench.state().now.run, before);
  EXPECT_EQ(bench.state().loading, "");
  EXPECT_TRUE(bench.state().undo.empty());
  EXPECT_EQ(bench.state().settings.recent_models, std::vector<std::string>{"tiny"});
}

TEST(Opening, IsUndoneLikeAnythingElse) {
  Bench bench("tiny");
  bench.take_steps(2);
  const auto before = bench.tokens();
  bench.act(act::LoadModel{"other"});
  bench.press(Command::undo);
  EXPECT_EQ(bench.state().now.model.name, "tiny");
  EXPECT_EQ(bench.tokens(), before);
  bench.press(Command::redo);
  EXPECT_EQ(bench.state().now.model.name, "other");
  EXPECT_TRUE(is_sound(bench.state()));
}

TEST(Opening, IsCancelledAndALateModelIgnored) {
  Bench bench("tiny");
  bench.act_only(act::LoadModel{"other"});
  const auto late = bench.work_once();
  bench.act_only(act::Do{Command::cancel_work});
  EXPECT_EQ(bench.state().loading, "");
  bench.act(act::Finished{late});
  EXPECT_EQ(bench.state().now.model.name, "tiny");
}

TEST(Opening, TheLatestModelAskedForWins) {
  Bench bench("tiny");
  bench.act_only(act::LoadModel{"other"});
  const auto first = bench.work_once();
  bench.act_only(act::LoadModel{"ids"});
  bench.act_only(act::Finished{first});
  EXPECT_EQ(bench.state().now.model.name, "tiny");
  bench.settle();
  EXPECT_EQ(bench.state().now.model.name, "ids");
}

TEST(Opening, RecentModelsAreFewAndNewestFirst) {
  Bench bench("tiny");
  for (int i = 1; i <= 15; ++i)
    bench.act(act::LoadModel{"random:width=8,layers=1,heads=1,ffn=8,vocab=16,context=16,seed=" +
                             std::to_string(i)});
  ASSERT_EQ(bench.state().settings.recent_models.size(), 12U);
  EXPECT_TRUE(bench.state().settings.recent_models.front().ends_with("seed=15"));
  EXPECT_EQ(app::subject_of(bench.state()).model_name, "random");
}

}  // namespace
}  // namespace kv::test
