// Settings and sessions on disk, in folders of the test's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "app/shell/built_in_prompts.h"
#include "app/shell/lesson_store.h"
#include "app/shell/session_store.h"
#include "app/shell/settings_store.h"
#include "app/shell/window/lesson_keeper.h"
#include "app/shell/xdg_folders.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;

// Environment variables as they were once the test is over.
class Environment {
 public:
  void set(const char* name, const std::string& value) {
    const char* before = std::getenv(name);
    before_.emplace_back(name, before ? std::optional<std::string>(before) : std::nullopt);
    setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    for (auto entry = before_.rbegin(); entry != before_.rend(); ++entry)
      entry->second ? setenv(entry->first, entry->second->c_str(), 1) : unsetenv(entry->first);
  }

 private:
  std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

class Stores : public testing::Test {
 protected:
  Stores() {
    environment_.set("XDG_CONFIG_HOME", (folder_.path() / "config").string());
    environment_.set("XDG_DATA_HOME", (folder_.path() / "data").string());
  }
  ScratchFolder folder_{"kvscope ключ"};
  Environment environment_;
};

TEST_F(Stores, SettingsComeBack) {
  EXPECT_EQ(*app::load_settings(), app::Settings{});
  app::Settings settings;
  settings.language = scene::Language::ko;
  settings.theme = scene::Theme::light;
  settings.font_scale = 1.3;
  settings.recent_models = {"/a folder/моя модель", "random:width=8"};
  EXPECT_FALSE(app::save_settings(settings));
  EXPECT_EQ(*app::load_settings(), settings);
}

TEST_F(Stores, BrokenSettingsAreAnInputError) {
  folder_.write("config/kvscope/settings.json", "{\"version\": 1, \"theme\": 7}");
  const auto settings = app::load_settings();
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().kind, core::ErrorKind::input);
  EXPECT_THAT(settings.error().message, testing::HasSubstr("theme"));
}

// Settings of a newer version, say: the next save must not be the end of them.
TEST_F(Stores, WhatCannotBeReadIsKeptAside) {
  const fs::path path = folder_.write("config/kvscope/settings.json", "{\"version\": 99}");
  ASSERT_FALSE(app::load_settings());
  app::set_aside(app::settings_path());
  EXPECT_FALSE(fs::exists(path));
  std::ifstream kept(path.string() + ".unread");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), "{\"version\": 99}");
  EXPECT_FALSE(app::save_settings({}));
  EXPECT_TRUE(app::load_settings());
}

TEST_F(Stores, AHomeThatCannotBeWrittenIsToldNotFatal) {
  folder_.write("file", "");
  environment_.set("XDG_CONFIG_HOME", (folder_.path() / "file").string());
  EXPECT_EQ(*app::load_settings(), app::Settings{});
  const auto error = app::save_settings({});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, core::ErrorKind::machine);
  environment_.set("XDG_CONFIG_HOME", "");
  environment_.set("HOME", "");
  EXPECT_EQ(app::settings_path(), "");
  EXPECT_TRUE(app::save_settings({}));
}

TEST_F(Stores, RelativeFoldersAreIgnoredAsTheStandardSays) {
  environment_.set("XDG_CONFIG_HOME", "relative");
  environment_.set("HOME", "/home/of/somebody");
  EXPECT_EQ(app::config_folder(), "/home/of/somebody/.config/kvscope");
}

TEST_F(Stores, SessionsAreKeptAndListedLatestFirst) {
  EXPECT_TRUE(app::kept_sessions().empty());
  app::Session session;
  session.model = "pocket";
  session.prompt_tokens = {1, 2};
  const std::string path = app::default_session_path();
  EXPECT_FALSE(app::save_session(path, session));
  const std::string other = fs::path(path).parent_path() / app::session_path("other");
  EXPECT_FALSE(app::save_session(other, session));
  fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(1));
  EXPECT_EQ(app::kept_sessions(), (std::vector{other, path}));
  const auto text = app::read_session_text(path);
  ASSERT_TRUE(text);
  EXPECT_EQ(*app::parse_session(*text, path), session);
}

TEST_F(Stores, PicturesDoNotReplaceEachOther) {
  const std::string first = app::default_picture_path();
  EXPECT_THAT(first, testing::EndsWith("kvscope-1.png"));
  EXPECT_FALSE(app::make_folder_for(first));
  folder_.write("data/kvscope/pictures/kvscope-1.png", "x");
  EXPECT_THAT(app::default_picture_path(), testing::EndsWith("kvscope-2.png"));
}

TEST(BuiltInPrompts, AreThereInEveryLanguageOfTheModel) {
  for (const scene::Language language : scene::languages)
    EXPECT_NE(app::first_prompt("pocket", language), "") << scene::code_of(language);
  EXPECT_EQ(app::first_prompt("story", scene::Language::ko),
            app::first_prompt("story", scene::Language::en));
  EXPECT_EQ(app::first_prompt("/no/such", scene::Language::en), "");
  EXPECT_GE(app::built_in_prompts("story").size(), 8U);
}

TEST_F(Stores, WindowsKeepEachOthersProgress) {
  app::LessonKeeper one(""), other("");
  app::Progress of_one, of_other;
  of_one.seen.emplace_back("a", "1");
  EXPECT_FALSE(one.keep(of_one));
  of_other.seen.emplace_back("b", "2");
  EXPECT_FALSE(other.keep(of_other));
  of_one.seen.emplace_back("a", "2");
  EXPECT_FALSE(one.keep(of_one));
  EXPECT_THAT(app::load_progress()->seen,
              testing::UnorderedElementsAre(testing::Pair("a", "1"), testing::Pair("a", "2"),
                                            testing::Pair("b", "2")));
}

}  // namespace
}  // namespace kv::test
