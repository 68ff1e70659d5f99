// Scenarios and Costs as whole windows that were looked at: every page, in both themes, four
// languages and two sizes.
#include <gtest/gtest.h>

#include "app/logic/action.h"
#include "app/logic/lab/controls.h"
#include "app/logic/lab/lab_drawing.h"
#include "tests/logic/bench.h"
#include "tests/logic/quiz_fixture.h"
#include "tests/pixel/pictures.h"
#include "viz/scene/compose.h"

namespace kv::test {
namespace {

using scene::Language;
using scene::Theme;
namespace act = app::act;

struct Page {
  const char* name;
  const char* scenario;
  gl::Pixels size;
  Theme theme;
  Language language;
  void (*change)(Bench&);
};

void PrintTo(const Page& page, std::ostream* out) { *out << page.name; }

constexpr gl::Pixels full{1920, 1080}, small{1280, 720};

void plain(Bench&) {}
void guess(Bench& bench) {
  bench.act(act::Drag{{.kind = scene::PartKind::control_slider,
                       .a = static_cast<int>(app::ControlId::exponent),
                       .b = static_cast<int>(1000 * app::share_of(2.5))}});
}
void guess_and_reveal(Bench& bench) { guess(bench), bench.press(app::Command::reveal); }
void answer_wrongly(Bench& bench) {
  const int right = bench.state().lab.drill.asked->right;
  bench.click(scene::PartKind::option, right == 0 ? 1 : 0);
}
void answer(Bench& bench) {
  bench.click(scene::PartKind::option, bench.state().lab.drill.asked->right);
}
void hover_chart(Bench& bench) {
  bench.act(act::Hover{{.kind = scene::PartKind::lab_chart, .a = 400, .b = 600}, {900, 400}});
}

std::shared_ptr<const core::SideTimes> times(double without, double with) {
  core::SideTimes times;
  for (const double noise : {1.0, 1.04, 0.98, 1.01, 1.1}) {
    times.without_cache.push_back(without * noise);
    times.with_cache.push_back(with * (2 - noise));
  }
  times.without_count.mlp = 64'700;
  times.with_count.mlp = 1'000;
  return std::make_shared<const core::SideTimes>(times);
}
// Numbers of no machine, so that every machine draws the same.
void measured(Bench& bench) {
  app::LabState& lab = bench.edit().lab;
  lab.probe = std::make_shared<const core::MachineProbe>(core::MachineProbe{
      .bytes_per_second = {1.9e10, 2e10, 1.7e10}, .flops_per_second = {8e10, 9e10}, .threads = 2});
  lab.attention = {{}, times(19.3, 1.76)};
  core::Execution growth;
  growth.shape.context = 400;
  for (std::int64_t t = 1; t <= 400; t += t / 12 + 1) {
    core::ExecutedPoint point{.tokens = t, .sides = {}};
    const auto n = static_cast<double>(t);
    point.sides[0].step_seconds = 4e-5 + 1e-7 * n;
    point.sides[1].step_seconds = 5e-5 + 2e-5 * n + 4e-8 * n * n;
    point.sides[0].step.mlp = 1'000'000 + 2'000 * static_cast<core::Uint128>(t);
    point.sides[1].step.mlp = point.sides[0].step.mlp * static_cast<core::Uint128>(t);
    growth.points.push_back(point);
  }
  lab.model = {"story", open_for_bench("tiny")->model->config, 100, times(0.9, 0.03),
               std::make_shared<const core::Execution>(growth)};
}

const Page pages[] = {
    {"curves_dark_en_full", "n=300", full, Theme::dark, Language::en, plain},
    {"curves_light_ru_small", "n=100 part=all of=step padded=on", small, Theme::light, Language::ru,
     plain},
    {"curves_dark_zh_small", "model=llama-2-7b n=1M axes=linear", small, Theme::dark, Language::zh,
     plain},
    {"curves_light_ko_full", "width=16 heads=2 n=200 prompt=9 part=attention", full, Theme::light,
     Language::ko, hover_chart},
    {"draw_dark_en_small", "page=draw part=attention", small, Theme::dark, Language::en, plain},
    {"draw_light_zh_full", "page=draw part=attention", full, Theme::light, Language::zh,
     guess_and_reveal},
    {"draw_dark_ru_small", "page=draw of=step ask=with", small, Theme::dark, Language::ru, guess},
    {"drill_dark_en_full", "page=drill seed=3", full, Theme::dark, Language::en, plain},
    {"drill_light_ru_small", "page=drill seed=4", small, Theme::light, Language::ru,
     answer_wrongly},
    {"drill_dark_ko_small", "page=drill seed=5", small, Theme::dark, Language::ko, answer},
    {"memory_dark_en_full", "page=memory", full, Theme::dark, Language::en, plain},
    {"memory_light_ko_small", "model=deepseek-v3 page=memory batch=8", small, Theme::light,
     Language::ko, plain},
    {"memory_dark_ru_small", "model=llama-2-7b n=4096 dtype=int8 page=memory", small, Theme::dark,
     Language::ru, plain},
    {"roofline_light_en_full", "page=roofline", full, Theme::light, Language::en, plain},
    {"roofline_dark_zh_small", "page=roofline machine=a100 batch=16 pairs=visible", small,
     Theme::dark, Language::zh, plain},
    {"machine_dark_en_small", "page=machine", small, Theme::dark, Language::en, plain},
    {"machine_light_ru_full", "page=machine", full, Theme::light, Language::ru, measured},
};

gl::Image picture_of(const Page& page) {
  app::Settings settings;
  settings.language = page.language;
  settings.theme = page.theme;
  Bench bench(settings);
  bench.act(act::SetQuiz{std::make_shared<const app::Quiz>(shipped_quiz())});
  bench.act(act::Do{app::Command::open_scenarios});
  bench.act(act::SetScenario{page.scenario});
  EXPECT_TRUE(bench.state().messages.empty());
  page.change(bench);
  const app::AppState& state = bench.state();
  const scene::Vec2 pixels{static_cast<float>(page.size.width),
                           static_cast<float>(page.size.height)};
  const float scale = scene::pixels_per_unit(pixels, 1);
  scene::GridStore grids;
  const auto image = offscreen().draw(
      page.size, scale, scene::palette(page.theme, false), [&](const scene::FontMetrics& metrics) {
        return scene::compose(app::subject_of(state), state.now.moment, state.view,
                              app::status_of(state), metrics, {pixels.x / scale, pixels.y / scale},
                              grids);
      });
  EXPECT_TRUE(image) << (image ? "" : image.error().message);
  return image ? *image : gl::Image{};
}

class LabGolden : public testing::TestWithParam<Page> {};

TEST_P(LabGolden, LooksAsApproved) {
  expect_picture(std::string("lab_") + GetParam().name, picture_of(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Pages, LabGolden, testing::ValuesIn(pages),
                         [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace kv::test
