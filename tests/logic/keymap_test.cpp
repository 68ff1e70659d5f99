// Keys: each means one thing, and all are explained.
#include "app/logic/keymap.h"

#include <set>

#include "tests/logic/bench.h"

namespace kv::test {
namespace {

using app::Command;
using app::Key;
using app::ShellCommand;

TEST(Keymap, OnlyKeysThatStepGoOnWhileTheyAreHeld) {
  for (const char* name : {"Right", "Left", "Up", "Down", "PageDown", "PageUp", "N", "[", "]"})
    EXPECT_TRUE(app::repeats({name})) << name;
  EXPECT_TRUE(app::repeats({"Right", true, false}));
  EXPECT_TRUE(app::repeats({"=", false, true}));
  EXPECT_TRUE(app::repeats({"Z", false, true}));
  for (const char* name : {"Enter", "Space", "Escape", "F11", "T", "A"})
    EXPECT_FALSE(app::repeats({name})) << name;
}

TEST(Keymap, NoKeyMeansTwoThings) {
  const auto all = app::bindings();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j)
      EXPECT_FALSE(all[i].key == all[j].key) << app::label_of(all[i].key);
}

TEST(Keymap, LabelsTellKeysApart) {
  std::set<std::string> labels;
  for (const auto& binding : app::bindings()) {
    EXPECT_FALSE(app::label_of(binding.key).empty());
    EXPECT_TRUE(labels.insert(app::label_of(binding.key)).second) << app::label_of(binding.key);
  }
  EXPECT_EQ(app::label_of({"Z", false, true}), "Ctrl+Z");
  EXPECT_EQ(app::label_of({"Z", true, true}), "Ctrl+Shift+Z");
  EXPECT_EQ(app::label_of({"Right", true}), "Shift+\u2192");
}

TEST(Keymap, EveryAliasMeansWhatTheRowBeforeItMeans) {
  const auto all = app::bindings();
  ASSERT_TRUE(all.front().what);
  for (std::size_t i = 1; i < all.size(); ++i)
    if (!all[i].what) {
      EXPECT_EQ(all[i].command, all[i - 1].command) << app::label_of(all[i].key);
    }
}

TEST(Keymap, EveryRowHasWordsInEveryLanguageAndOfItsOwn) {
  for (const auto language : scene::languages) {
    std::set<std::string> words;
    for (const auto& binding : app::bindings()) {
      if (!binding.what) continue;
      const std::string text = binding.what->in(language);
      EXPECT_FALSE(text.empty());
      EXPECT_TRUE(words.insert(text).second) << text;
    }
  }
}

TEST(Keymap, FindsWhatIsBoundAndNothingElse) {
  for (const auto& binding : app::bindings()) {
    const auto found = app::command_of(binding.key);
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, binding.command);
  }
  EXPECT_FALSE(app::command_of({"F9"}));
  EXPECT_FALSE(app::command_of({"N", true}));
  EXPECT_FALSE(app::command_of({"", false}));
}

TEST(Keymap, HasTheKeysOfAPresentersRemoteAndTheUsualOnes) {
  const auto means = [](Key key, auto command) {
    const auto found = app::command_of(key);
    return found && *found == std::variant<Command, ShellCommand>(command);
  };
  EXPECT_TRUE(means({"Right"}, Command::next));
  EXPECT_TRUE(means({"PageDown"}, Command::next));
  EXPECT_TRUE(means({"Left"}, Command::back));
  EXPECT_TRUE(means({"PageUp"}, Command::back));
  EXPECT_TRUE(means({"Space"}, Command::play_or_pause));
  EXPECT_TRUE(means({"N"}, Command::next_token));
  EXPECT_TRUE(means({"Right", true}, Command::next_operation));
  EXPECT_TRUE(means({"Left", true}, Command::previous_operation));
  EXPECT_TRUE(means({"Home"}, Command::first));
  EXPECT_TRUE(means({"End"}, Command::last));
  EXPECT_TRUE(means({"Up"}, Command::layer_up));
  EXPECT_TRUE(means({"Down"}, Command::layer_down));
  EXPECT_TRUE(means({"["}, Command::head_previous));
  EXPECT_TRUE(means({"]"}, Command::head_next));
  EXPECT_TRUE(means({"L"}, Command::next_language));
  EXPECT_TRUE(means({"T"}, Command::next_theme));
  EXPECT_TRUE(means({"F11"}, ShellCommand::fullscreen));
  EXPECT_TRUE(means({"F5"}, ShellCommand::present));
  EXPECT_TRUE(means({"B"}, Command::toggle_blank));
  EXPECT_TRUE(means({"."}, Command::toggle_blank));
  EXPECT_TRUE(means({"P"}, Command::toggle_pointing));
  EXPECT_TRUE(means({"R"}, Command::reset));
  EXPECT_TRUE(means({"Z", false, true}, Command::undo));
  EXPECT_TRUE(means({"Z", true, true}, Command::redo));
  EXPECT_TRUE(means({"S", false, true}, ShellCommand::save_session));
  EXPECT_TRUE(means({"E", false, true}, ShellCommand::export_picture));
  EXPECT_TRUE(means({"=", false, true}, Command::bigger));
  EXPECT_TRUE(means({"-", false, true}, Command::smaller));
  EXPECT_TRUE(means({"H"}, Command::toggle_help));
  EXPECT_TRUE(means({"?"}, Command::toggle_help));
  EXPECT_TRUE(means({"Escape"}, Command::escape));
}

TEST(Keymap, TheHelpPageNamesEveryKey) {
  Bench bench("tiny");
  bench.press(Command::toggle_help);
  std::string page;
  for (const auto& [keys, what] : app::status_of(bench.state()).help_rows) {
    EXPECT_FALSE(what.empty());
    page += "  " + keys + "  ";
  }
  for (const auto& binding : app::bindings())
    EXPECT_NE(page.find("  " + app::label_of(binding.key) + "  "), std::string::npos)
        << app::label_of(binding.key);
}

TEST(Keymap, PartsThatOpenPanelsAreTheShells) {
  using scene::PartKind;
  EXPECT_EQ(app::shell_command_of({.kind = PartKind::prompt_button}), ShellCommand::edit_prompt);
  EXPECT_EQ(app::shell_command_of({.kind = PartKind::model_button}), ShellCommand::open_model);
  EXPECT_EQ(app::shell_command_of({.kind = PartKind::sampling_button}), ShellCommand::sampling);
  EXPECT_EQ(app::shell_command_of({.kind = PartKind::settings_button}), ShellCommand::settings);
  EXPECT_EQ(app::shell_command_of({.kind = PartKind::fullscreen_button}), ShellCommand::fullscreen);
  EXPECT_FALSE(app::shell_command_of({.kind = PartKind::next_button}));
  EXPECT_FALSE(app::shell_command_of({}));
}

}  // namespace
}  // namespace kv::test
