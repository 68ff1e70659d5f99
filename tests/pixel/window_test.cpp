// The whole window in the states people see, as pictures that were looked at: every place of the
// screen in both themes, four languages and three sizes.
#include <gtest/gtest.h>

#include "tests/pixel/pictures.h"
#include "tests/scene/stage_fixture.h"

namespace kv::test {
namespace {

using scene::Language;
using scene::Moment;
using scene::Operation;
using scene::Overlay;
using scene::PartKind;
using scene::Theme;

struct State {
  const char* name;
  Moment moment;
  gl::Pixels size;
  Theme theme;
  Language language;
  void (*change)(scene::ViewState&);
};

void PrintTo(const State& state, std::ostream* out) { *out << state.name; }

constexpr gl::Pixels full{1920, 1080}, small{1280, 720}, narrow{1024, 768};

Moment during(Operation operation) { return within(4, 1, operation, 0.6F); }

void plain(scene::ViewState&) {}
void heat(scene::ViewState& v) { v.heat = true; }
void log_log(scene::ViewState& v) { v.chart.log_log = true; }
void component(scene::ViewState& v) { v.chart.component = 3; }
void legend(scene::ViewState& v) { v.overlay = Overlay::legend; }
void zoom(scene::ViewState& v) { v.zoom = {0.1F, 0.4F, 0.0F, 0.3F}; }
void strong(scene::ViewState& v) { v.high_contrast = true; }
void spotlight(scene::ViewState& v) { v.pointing = true, v.pointer = {700, 400}; }
void blank(scene::ViewState& v) { v.blank = true; }
void pin_score(scene::ViewState& v) {
  v.pinned = scene::PartId{PartKind::attention_cell, core::Side::uncached, 6, 2};
}
void pin_value(scene::ViewState& v) {
  v.pinned = scene::PartId{PartKind::value_cell, core::Side::cached, 4, 1};
}
void hover_score(scene::ViewState& v) {
  v.hover = {PartKind::attention_cell, core::Side::uncached, 6, 2}, v.pointer = {760, 360};
}
void hover_flops(scene::ViewState& v) {
  v.hover = {.kind = PartKind::total_flops, .side = core::Side::uncached}, v.pointer = {900, 210};
}

const State states[] = {
    {"rest_dark_en_full", scene::rest_after(4), full, Theme::dark, Language::en, plain},
    {"rest_light_en_full", scene::rest_after(4), full, Theme::light, Language::en, plain},
    {"rest_dark_ru_small", scene::rest_after(4), small, Theme::dark, Language::ru, plain},
    {"rest_light_zh_small", scene::rest_after(4), small, Theme::light, Language::zh, plain},
    {"rest_dark_ko_small", scene::rest_after(4), small, Theme::dark, Language::ko, plain},
    {"rest_light_ru_narrow", scene::rest_after(4), narrow, Theme::light, Language::ru, plain},
    {"rest_dark_zh_narrow", scene::rest_after(4), narrow, Theme::dark, Language::zh, plain},
    {"prompt_alone", scene::rest_after(0), small, Theme::dark, Language::en, plain},
    {"prefill_rest", scene::rest_after(1), small, Theme::light, Language::en, plain},
    {"prefill_project", within(1, 1, Operation::project, 0.6F), small, Theme::dark, Language::en,
     plain},
    {"embedding", during(Operation::embedding), small, Theme::dark, Language::en, plain},
    {"attention_norm", during(Operation::attention_norm), small, Theme::light, Language::ko, plain},
    {"project", during(Operation::project), small, Theme::dark, Language::en, plain},
    {"rotary", during(Operation::rotary), small, Theme::dark, Language::zh, plain},
    {"append", during(Operation::append), small, Theme::dark, Language::en, plain},
    {"scores", during(Operation::scores), small, Theme::light, Language::en, plain},
    {"scale", during(Operation::scale), small, Theme::dark, Language::ru, plain},
    {"mask", during(Operation::mask), small, Theme::dark, Language::en, plain},
    {"softmax", during(Operation::softmax), small, Theme::light, Language::zh, plain},
    {"weighted_sum", during(Operation::weighted_sum), small, Theme::dark, Language::ko, plain},
    {"output", during(Operation::output), small, Theme::dark, Language::en, plain},
    {"mlp", during(Operation::mlp), small, Theme::light, Language::ru, plain},
    {"logits", during(Operation::logits), small, Theme::dark, Language::en, plain},
    {"heat", scene::rest_after(4), small, Theme::dark, Language::en, heat},
    {"log_log", scene::rest_after(4), small, Theme::light, Language::en, log_log},
    {"component", scene::rest_after(4), small, Theme::dark, Language::en, component},
    {"legend", scene::rest_after(4), small, Theme::dark, Language::ko, legend},
    {"zoom", scene::rest_after(4), small, Theme::dark, Language::en, zoom},
    {"high_contrast_dark", scene::rest_after(4), small, Theme::dark, Language::en, strong},
    {"high_contrast_light", scene::rest_after(4), small, Theme::light, Language::en, strong},
    {"spotlight", scene::rest_after(4), small, Theme::dark, Language::en, spotlight},
    {"blank", scene::rest_after(4), small, Theme::dark, Language::en, blank},
    {"pinned_score", scene::rest_after(4), small, Theme::dark, Language::en, pin_score},
    {"pinned_value", scene::rest_after(4), small, Theme::light, Language::ru, pin_value},
    {"hover_score", scene::rest_after(4), small, Theme::dark, Language::en, hover_score},
    {"hover_flops", scene::rest_after(4), small, Theme::light, Language::ko, hover_flops},
};

gl::Image picture_of(Stage& stage, const State& state, const scene::Subject& subject) {
  scene::ViewState view;
  view.layer = 1, view.head = 2;
  view.theme = state.theme, view.language = state.language;
  state.change(view);
  scene::StatusView status;
  status.sampling = "greedy", status.slider = 0.6F, status.memory_budget = 1 << 29;
  const scene::Vec2 pixels{static_cast<float>(state.size.width),
                           static_cast<float>(state.size.height)};
  const float scale = scene::pixels_per_unit(pixels, 1);
  const auto image =
      offscreen().draw(state.size, scale, scene::palette(view.theme, view.high_contrast),
                       [&](const scene::FontMetrics& metrics) {
                         return scene::compose(subject, state.moment, view, status, metrics,
                                               {pixels.x / scale, pixels.y / scale}, stage.grids());
                       });
  EXPECT_TRUE(image) << (image ? "" : image.error().message);
  return image ? *image : gl::Image{};
}

class WindowGolden : public testing::TestWithParam<State> {};

TEST_P(WindowGolden, LooksAsApproved) {
  Stage stage({.steps = 5});
  const State& state = GetParam();
  expect_picture(std::string("window_") + state.name,
                 picture_of(stage, state, stage.subject(state.moment.step, 1)));
}

INSTANTIATE_TEST_SUITE_P(States, WindowGolden, testing::ValuesIn(states),
                         [](const auto& param) { return std::string(param.param.name); });

// One cell of one matrix makes another picture.
TEST(Window, OneCellIsSeen) {
  Stage stage({.steps = 5});
  const State& state = states[2];
  scene::Subject subject = stage.subject(4, 1);
  const gl::Image before = picture_of(stage, state, subject);
  auto changed = std::make_shared<core::Replay>(*subject.uncached);
  const core::KvBlock& old = *changed->block;
  auto block =
      std::make_shared<core::KvBlock>(old.layers(), old.kv_heads(), old.head_dim(), old.capacity());
  block->copy_rows(old, changed->total());
  float& cell = block->value(1, 1)[3];
  cell = cell > 0 ? -0.8F * cell : 0.8F - cell;
  changed->block = block;
  subject.uncached = changed;
  EXPECT_TRUE(difference(before, picture_of(stage, state, subject)));
}

}  // namespace
}  // namespace kv::test
