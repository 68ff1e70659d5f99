// A hundred thousand things done at random: nothing breaks, and nothing grows.
#include <gtest/gtest.h>
#include <malloc.h>

#include <iostream>

#include "app/logic/lab/lab.h"
#include "tests/logic/lesson_fixture.h"
#include "tests/logic/quiz_fixture.h"
#include "tests/long/random_actions.h"
#include "tests/pixel/pictures.h"
#include "viz/gl/handles.h"
#include "viz/scene/compose.h"

namespace kv::test {
namespace {

namespace act = app::act;

scene::Scene shown_of(const Bench& bench, scene::GridStore& grids,
                      const scene::FontMetrics& metrics, scene::Vec2 size) {
  const app::AppState& state = bench.state();
  return scene::compose(app::subject_of(state), state.now.moment, state.view, app::status_of(state),
                        metrics, size, grids);
}

std::uint64_t heap_in_use() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// As little as the program ever holds: one small model, nothing to undo, no pictures.
std::uint64_t heap_at_rest(Bench& bench) {
  bench.act(act::Do{app::Command::cancel_work});
  bench.act(act::SetSampling{});
  bench.act(act::LoadModel{"tiny"});
  bench.press(app::Command::reset);
  bench.edit().undo.clear();
  bench.edit().redo.clear();
  bench.edit().replays.clear();
  const auto quiz = bench.state().lab.quiz;
  bench.edit().lab = app::initial_lab();
  bench.edit().lab.quiz = quiz;
  return heap_in_use();
}

TEST(Soak, AHundredThousandActionsWithoutAScreen) {
  constexpr int actions = 100'000, between = 10'000;
  Bench bench("tiny");
  bench.edit().memory_budget = std::uint64_t{8} << 20;
  bench.act(act::SetLessons{two_lessons()});
  bench.act(act::SetQuiz{std::make_shared<const app::Quiz>(shipped_quiz())});
  RandomActions random(20260101);
  const scene::FontMetrics metrics = scene::plain_metrics();
  scene::GridStore grids(std::uint64_t{1} << 20);
  scene::Scene shown = shown_of(bench, grids, metrics, {1920, 1080});
  std::uint64_t most_early = 0;
  int whole_pictures = 0, longest_run = 0;
  for (int i = 1; i <= actions; ++i) {
    random.act(bench, shown);
    ASSERT_TRUE(is_sound(bench.state())) << "after action " << i;
    if (i % 4 == 0)
      shown =
          shown_of(bench, grids, metrics, i % 3 ? scene::Vec2{1920, 1080} : scene::smallest_size);
    whole_pictures += shown.places.size() > 20 ? 1 : 0;
    longest_run = std::max(longest_run, bench.state().now.run ? bench.steps() : 0);
    if (i % between != 0) continue;
    shown = {};
    const std::uint64_t heap = heap_at_rest(bench);
    std::cout << i << " actions: " << heap / 1024 << " KiB in use at rest\n";
    if (i <= 3 * between)
      most_early = std::max(most_early, heap);
    else
      EXPECT_LT(heap, most_early + (std::uint64_t{2} << 20)) << "after action " << i;
    shown = shown_of(bench, grids, metrics, {1920, 1080});
  }
  // That it was a walk through the program, and not a stand before a dark screen.
  EXPECT_GT(whole_pictures, actions / 2);
  EXPECT_GT(longest_run, 30);
}

TEST(Soak, ThreeThousandPicturesBySoftwareRendering) {
  constexpr gl::Pixels sizes[] = {{1280, 720}, {1024, 768}, {640, 480}, {1, 1}};
  Bench bench("tiny");
  bench.edit().memory_budget = std::uint64_t{8} << 20;
  bench.act(act::SetLessons{two_lessons()});
  bench.act(act::SetQuiz{std::make_shared<const app::Quiz>(shipped_quiz())});
  RandomActions random(7);
  scene::GridStore grids;
  scene::Scene shown;
  int most_objects = 0;
  for (int i = 1; i <= 3000; ++i) {
    random.act(bench, shown);
    const gl::Pixels size = sizes[random.chance(10) ? random.below(4) : 0];
    const scene::Vec2 pixels{static_cast<float>(size.width), static_cast<float>(size.height)};
    const float scale =
        scene::pixels_per_unit(pixels, static_cast<float>(bench.state().settings.font_scale));
    const auto& view = bench.state().view;
    const auto image = offscreen().draw(
        size, scale, scene::palette(view.theme, view.high_contrast),
        [&](const scene::FontMetrics& metrics) {
          return shown = shown_of(bench, grids, metrics, {pixels.x / scale, pixels.y / scale});
        });
    ASSERT_TRUE(image) << image.error().message;
    ASSERT_EQ(gl::Gui::take_error(), "") << "after action " << i;
    const int objects = gl::count_objects();
    if (i <= 1500)
      most_objects = std::max(most_objects, objects);
    else
      EXPECT_LE(objects, most_objects + 40) << "after action " << i;
  }
  std::cout << "at most " << most_objects << " OpenGL objects in the first half\n";
}

}  // namespace
}  // namespace kv::test
