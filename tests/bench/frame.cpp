// What a frame of the whole window costs, composed and drawn, by software rendering or whatever the
// machine offers: at rest (nothing changed but the frame is drawn anyway) and while a step's scores
// sweep. Prints milliseconds of the median and of the 95th percentile frame.
#include <GL/gl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/stopwatch.h"
#include "core/model/random_model.h"
#include "viz/gl/offscreen.h"
#include "viz/scene/compose.h"

namespace {

using namespace kv;

// A run of `tokens` tokens, prefilled in one go, and one step after it; both sides replayed.
scene::Subject subject_of(int tokens) {
  constexpr const char* name =
      "random:width=64,layers=2,heads=4,kv_heads=4,ffn=256,vocab=512,context=8192,seed=1";
  const auto spec = core::parse_random_model(name);
  const auto model = core::make_random_model(*spec, name, std::uint64_t{4} << 30);
  core::Workspace work;
  std::vector<core::Token> prompt(static_cast<std::size_t>(tokens - 1));
  for (std::size_t i = 0; i < prompt.size(); ++i) prompt[i] = static_cast<core::Token>(i * 7 % 512);
  core::Run run = *core::start_run(*model, prompt);
  for (int s = 0; s < 2; ++s) run = *core::extend(std::move(run), work);
  scene::Subject subject;
  subject.run = std::make_shared<const core::Run>(run);
  subject.model_name = "random";
  subject.costs = std::make_shared<const scene::CostSeries>(scene::cost_series(run));
  auto text = std::make_shared<scene::RunText>();
  for (const core::Token token : core::tokens_of(run))
    text->tokens.push_back("#" + std::to_string(token));
  text->candidates.resize(run.steps.size());
  subject.text = std::move(text);
  const auto inside = [&](core::Side side) {
    return std::make_shared<const core::Replay>(
        *core::replay(run, 1, side, scene::record_for_picture(run, 1, side, 0), work));
  };
  subject.cached = inside(core::Side::cached);
  subject.uncached = inside(core::Side::uncached);
  return subject;
}

double percentile(std::vector<double> times, double share) {
  std::ranges::sort(times);
  return 1000 * times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

}  // namespace

int main() {
  auto offscreen = gl::Offscreen::create(std::string(KVSCOPE_SOURCE_DIR) + "/shaders");
  if (!offscreen) {
    fmt::print(stderr, "{}\n", offscreen.error().message);
    return 3;
  }
  constexpr gl::Pixels size{1920, 1080};
  gl::Canvas canvas;
  if (const auto error = canvas.resize(size)) {
    fmt::print(stderr, "{}\n", error->message);
    return 3;
  }
  fmt::print("one frame of the window, 1920x1080, ms: p50 / p95 (first frame)\n");
  for (const int tokens : {64, 256, 1024, 4096}) {
    const scene::Subject subject = subject_of(tokens);
    scene::GridStore grids;
    scene::ViewState view;
    const auto& colors = scene::palette(view.theme, false);
    for (const bool moving : {false, true}) {
      std::vector<double> times, composed;
      double first = 0;
      for (int i = 0; i < 60; ++i) {
        const float t = static_cast<float>(i) / 60;
        const scene::Moment moment =
            moving ? scene::Moment{2, 0, scene::Operation::scores, t} : scene::rest_after(2);
        const core::Stopwatch watch;
        gl::Gui& gui = (*offscreen)->gui();
        const auto settled = gui.settle(1, [&](const auto& metrics) {
          const core::Stopwatch composing;
          auto scene = scene::compose(subject, moment, view, {}, metrics, {1920, 1080}, grids);
          composed.push_back(composing.seconds());
          return scene;
        });
        if (!settled) {
          fmt::print(stderr, "{}\n", settled.error().message);
          return 1;
        }
        gui.begin(size, 1.0F / 60);
        gui.draw(*settled, colors);
        canvas.bind();
        gui.end(size, settled->ground);
        glFinish();
        (i == 0 ? first : times.emplace_back()) = watch.seconds();
      }
      fmt::print("{:>6} tokens {:<8} {:6.1f} / {:6.1f}  ({:.0f})  of which composing {:.1f} / {:.1f}\n", tokens,
                 moving ? "moving" : "at rest", percentile(times, 0.5), percentile(times, 0.95),
                 1000 * first, percentile(composed, 0.5), percentile(composed, 0.95));
    }
  }
}
