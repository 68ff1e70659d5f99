// The panels, many frames each, without a window and without OpenGL.
#include "app/shell/panels/panels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/shell/panels/panel_kit.h"
#include "app/shell/window_model.h"

namespace kv::test {
namespace {

using namespace kv::app;

AppState opened(const std::string& model) {
  core::Workspace workspace;
  WorkTools tools{.workspace = workspace,
                  .parallel = nullptr,
                  .open_model =
                      [](const std::string& name, const std::function<bool(double)>& progress) {
                        return open_for_window(name, scene::Language::en, progress);
                      },
                  .progress = [](double) { return true; }};
  return settle(update(initial_state({}), act::LoadModel{model}), tools);
}

// ImGui with the program's fonts and nobody to draw it.
class Stage {
 public:
  explicit Stage(AppState state) : state_(std::move(state)) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    if (const auto error = fonts_.build(*io.Fonts, 1)) ADD_FAILURE() << error->message;
    io.FontDefault = fonts_.get(scene::Font::body);
  }
  ~Stage() { ImGui::DestroyContext(); }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void frames(int count) {
    const scene::Palette& colors = scene::palette(state_.view.theme, state_.view.high_contrast);
    for (int i = 0; i < count; ++i) {
      ImGuiIO& io = ImGui::GetIO();
      io.DisplaySize = size_;
      io.DeltaTime = 1.0F / 60;
      style_panels(colors, fonts_.pixels_per_unit());
      ImGui::NewFrame();
      panels_.draw(state_, colors, fonts_, {size_.x, size_.y}, actions_, requests_);
      ImGui::Render();
      vertices_ = ImGui::GetDrawData()->TotalVtxCount;
    }
  }
  void type(const char* text) {
    ImGui::GetIO().AddInputCharactersUTF8(text);
    frames(2);
  }
  void press_enter() {
    panels_.press_enter();
    frames(1);
  }
  void show(ShellCommand command) {
    EXPECT_TRUE(panels_.show(command, state_));
    frames(5);
  }

  AppState state_;
  gl::Fonts fonts_;
  Panels panels_;
  std::vector<Action> actions_;
  std::vector<Request> requests_;
  ImVec2 size_{1300, 900};
  int vertices_ = 0;
};

constexpr ShellCommand with_panel[] = {ShellCommand::edit_prompt,  ShellCommand::open_model,
                                       ShellCommand::sampling,     ShellCommand::settings,
                                       ShellCommand::open_session, ShellCommand::export_picture};

TEST(Panels, RunForManyFramesInEveryLanguageThemeAndSize) {
  Stage stage(opened("pocket"));
  for (const scene::Language language : scene::languages) {
    for (const scene::Theme theme : {scene::Theme::dark, scene::Theme::light}) {
      stage.state_.view.language = language;
      stage.state_.view.theme = theme;
      for (const ImVec2 size : {ImVec2{1920, 1080}, ImVec2{1024, 768}, ImVec2{320, 200}}) {
        stage.size_ = size;
        for (const ShellCommand command : with_panel) {
          stage.show(command);
          stage.frames(10);
          EXPECT_TRUE(stage.panels_.open());
          EXPECT_GT(stage.vertices_, 100);
        }
      }
    }
  }
  EXPECT_TRUE(stage.actions_.empty());
  EXPECT_TRUE(stage.requests_.empty());
}

TEST(Panels, NeedWhatTheyEdit) {
  Stage stage(initial_state({}));
  EXPECT_FALSE(stage.panels_.show(ShellCommand::edit_prompt, stage.state_));
  EXPECT_FALSE(stage.panels_.show(ShellCommand::sampling, stage.state_));
  EXPECT_FALSE(stage.panels_.show(ShellCommand::fullscreen, stage.state_));
  stage.show(ShellCommand::open_model);
  stage.frames(3);
}

TEST(Panels, TypedPromptIsAppliedWithEnter) {
  Stage stage(opened("pocket"));
  stage.show(ShellCommand::edit_prompt);
  stage.type("My key");  // over what stood there, which is all chosen
  stage.press_enter();
  ASSERT_EQ(stage.actions_.size(), 1U);
  EXPECT_EQ(std::get<act::SetPrompt>(stage.actions_[0]).text, "My key");
  EXPECT_FALSE(stage.panels_.open());
}

TEST(Panels, AnEmptyPromptIsNotApplied) {
  Stage stage(opened("random:"));
  stage.show(ShellCommand::edit_prompt);
  stage.type("700000");  // beyond the vocabulary
  stage.press_enter();
  EXPECT_TRUE(stage.actions_.empty());
  EXPECT_TRUE(stage.panels_.open());
}

TEST(Panels, TokenIdsForAModelWithoutTokenizer) {
  Stage stage(opened("random:"));
  stage.show(ShellCommand::edit_prompt);
  stage.type("7, 8 9");
  stage.press_enter();
  ASSERT_EQ(stage.actions_.size(), 1U);
  EXPECT_EQ(std::get<act::SetPromptTokens>(stage.actions_[0]).tokens,
            (std::vector<core::Token>{7, 8, 9}));
}

TEST(Panels, AFolderIsOpenedWithEnter) {
  Stage stage(opened("pocket"));
  stage.show(ShellCommand::open_model);
  stage.type("/models/my own");
  stage.press_enter();
  ASSERT_EQ(stage.actions_.size(), 1U);
  EXPECT_EQ(std::get<act::LoadModel>(stage.actions_[0]).name, "/models/my own");
}

TEST(Panels, APictureAsksForItsPath) {
  Stage stage(opened("pocket"));
  stage.show(ShellCommand::export_picture);
  stage.type("/tmp/a.svg");
  stage.press_enter();
  ASSERT_EQ(stage.requests_.size(), 1U);
  EXPECT_EQ(std::get<request::SavePicture>(stage.requests_[0]).path, "/tmp/a.svg");
  stage.show(ShellCommand::export_picture);
  stage.type("/tmp/a.txt");
  stage.press_enter();
  EXPECT_EQ(stage.requests_.size(), 1U);
  EXPECT_TRUE(stage.panels_.open());
}

TEST(TokenIds, AreReadStrictly) {
  EXPECT_EQ(*parse_token_ids(" 1,2\n3 , 4", 10), (std::vector<core::Token>{1, 2, 3, 4}));
  EXPECT_TRUE(parse_token_ids("", 10)->empty());
  for (const char* bad : {"x", "1 -2", "10", "1.5", "3a", "99999999999999"}) {
    const auto result = parse_token_ids(bad, 10);
    ASSERT_FALSE(result) << bad;
    EXPECT_EQ(result.error().kind, core::ErrorKind::usage);
  }
}

TEST(RowsToReuse, AreWhatABranchKeeps) {
  const AppState state = opened("pocket");
  const core::Run& run = *state.now.run;
  const auto tokens = core::tokens_of(run);
  auto changed = tokens;
  changed[2] = changed[2] == 5 ? 6 : 5;
  for (const auto& prompt : {tokens, changed, std::vector(tokens.begin(), tokens.begin() + 2)}) {
    const auto branched = core::branch(run, prompt);
    ASSERT_TRUE(branched);
    EXPECT_EQ(rows_to_reuse(run, prompt), branched->reused_rows);
  }
  EXPECT_EQ(rows_to_reuse(run, {}), 0);
}

TEST(RandomName, IsWhatTheModelTakes) {
  EXPECT_EQ(random_name({64, 2, 4, 2, 256, 512, 4096, 7}),
            "random:width=64,layers=2,heads=4,kv_heads=2,ffn=256,vocab=512,context=4096,seed=7");
}

}  // namespace
}  // namespace kv::test
