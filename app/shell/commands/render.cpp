#include "app/shell/commands/render.h"

#include <cmath>

#include "app/logic/action.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lab/lab_csv.h"
#include "app/shell/atomic_file.h"
#include "app/shell/commands/render_state.h"
#include "app/shell/interrupt.h"
#include "app/shell/movie.h"
#include "app/shell/outcome.h"
#include "app/shell/picture_size.h"
#include "app/shell/progress_bar.h"
#include "app/shell/studio.h"

namespace kv::app {
namespace {

using core::Error;
using core::ErrorKind;
using core::Status;

constexpr double default_seconds = 8;

enum class Output { png, svg, gif, mp4, csv };

core::Result<Output> output_of(const std::string& path) {
  constexpr std::pair<const char*, Output> endings[] = {{".png", Output::png},
                                                        {".svg", Output::svg},
                                                        {".gif", Output::gif},
                                                        {".mp4", Output::mp4},
                                                        {".csv", Output::csv}};
  for (const auto& [ending, output] : endings)
    if (path.ends_with(ending)) return output;
  return Error{ErrorKind::usage,
               "--out: found " + core::quoted(path, 200) +
                   ", expected a name that ends in .png, .svg, .gif or .mp4, or in .csv of "
                   "scenarios and costs"};
}

// The state one frame later, everything it needs computed.
AppState next_frame(AppState state, double dt, RenderTools& tools) {
  return tools.settle(advance(std::move(state), dt));
}

AppState played(AppState state) {
  return update(std::move(state), act::Do{Command::play_or_pause});
}

// Of a page of the laboratory, its numbers.
Status save_table(const std::string& path, const AppState& state) {
  const auto lab = lab_view(state);
  return write_file(path, lab_csv(state.view.scenario, *lab));
}

Status save_still(Output output, const std::string& path, const AppState& state, Studio& studio) {
  if (output == Output::svg) {
    const auto text = studio.svg(state);
    return text ? write_file(path, *text) : Status(text.error());
  }
  const auto image = studio.picture(state);
  return image ? write_file(path, gl::encode_png(*image)) : Status(image.error());
}

// Pictures from all over the film; it plays the same every time.
core::Result<std::vector<gl::Image>> samples_of(AppState state, int frames, double dt,
                                                RenderTools& tools, Studio& studio) {
  constexpr int wanted = 6;
  std::vector<gl::Image> samples;
  const int every = std::max(1, frames / wanted);
  for (int i = 0; i < frames && !interrupted(); ++i) {
    if (i % every == 0) {
      auto image = studio.picture(state);
      if (!image) return image.error();
      samples.push_back(*std::move(image));
    }
    state = next_frame(std::move(state), dt, tools);
  }
  return samples;
}

Status save_movie(MovieKind kind, const RenderOptions& options, gl::Pixels size, AppState state,
                  RenderTools& tools, Studio& studio) {
  const double dt = 1.0 / frames_per_second(kind);
  const int frames =
      std::max(1, static_cast<int>(std::lround(options.seconds.value_or(default_seconds) / dt)));
  std::vector<gl::Image> samples;
  if (kind == MovieKind::gif) {
    auto taken = samples_of(state, frames, dt, tools, studio);
    if (!taken) return taken.error();
    samples = *std::move(taken);
  }
  if (interrupted()) return {};
  auto movie = Movie::begin(kind, options.out, size, samples);
  if (!movie) return movie.error();
  ProgressBar bar("rendering " + options.out);
  for (int i = 0; i < frames; ++i) {
    const auto image = studio.picture(state);
    if (!image) return image.error();
    if (auto error = (*movie)->add(*image)) return error;
    if (!bar.update(static_cast<double>(i) / frames)) return {};
    state = next_frame(std::move(state), dt, tools);
  }
  return (*movie)->finish();
}

Status save(const RenderOptions& options, Output output, gl::Pixels size, AppState state,
            RenderTools& tools, Studio& studio) {
  if (output == Output::gif || output == Output::mp4)
    return save_movie(output == Output::gif ? MovieKind::gif : MovieKind::mp4, options, size,
                      played(std::move(state)), tools, studio);
  if (options.seconds) {
    constexpr double dt = 1.0 / 30;
    state = played(std::move(state));
    for (double at = 0; at < *options.seconds && !interrupted(); at += dt)
      state = next_frame(std::move(state), std::min(dt, *options.seconds - at), tools);
  }
  if (interrupted()) return {};  // half played, it is not the picture asked for
  return save_still(output, options.out, state, studio);
}

}  // namespace

int render(const RenderOptions& options) {
  const auto output = output_of(options.out);
  if (!output) return fail(output.error());
  const bool lab = options.place && *options.place != "explore";
  if (*output == Output::csv && !lab)
    return fail({ErrorKind::usage, "--out: a table (.csv) is of --place scenarios or costs"});
  if (lab && (*output == Output::gif || *output == Output::mp4))
    return fail({ErrorKind::usage, "--out: nothing moves in --place " + *options.place +
                                       "; expected .png, .svg or .csv"});
  const auto size = parse_picture_size(options.size);
  if (!size) return fail(size.error());
  if (auto error = check_writable(options.out)) return fail(*error);
  RenderTools tools(options.language);
  auto state = state_to_render(options, tools);
  if (interrupted()) return exit_interrupted;
  if (!state) return fail(state.error());
  if (*output == Output::csv) {
    const Status error = save_table(options.out, *state);
    return error ? fail(*error) : exit_done;
  }
  auto studio = Studio::open(*size, static_cast<float>(options.scale));
  if (!studio) return fail(studio.error());
  const Status error = save(options, *output, *size, *std::move(state), tools, **studio);
  if (interrupted()) return exit_interrupted;
  return error ? fail(*error) : exit_done;
}

}  // namespace kv::app
