#include "app/shell/commands/bench_growth.h"

#include <fmt/format.h>

#include "app/shell/atomic_file.h"
#include "app/shell/commands/bench.h"
#include "app/shell/commands/cost_table.h"
#include "app/shell/interrupt.h"
#include "app/shell/json_writer.h"
#include "app/shell/outcome.h"
#include "app/shell/picture_svg.h"
#include "app/shell/progress_bar.h"
#include "app/shell/resources.h"
#include "app/shell/text_table.h"
#include "app/shell/thread_pool.h"
#include "core/bench/growth_bench.h"
#include "viz/gl/offscreen.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/times_sheet.h"

namespace kv::app {
namespace {

using core::Baseline;
using core::Executed;
using core::ExecutedPoint;
using core::GrowthTimes;

constexpr std::size_t most_rows = 12;

const Executed& side_of(const ExecutedPoint& point, Baseline side) {
  return point.sides[static_cast<std::size_t>(side)];
}

std::string exponent_text(const std::optional<core::PowerFit>& fit) {
  return fit ? fmt::format("{:.2f}", fit->exponent) : "-";
}

std::vector<std::string> cells_of(const ExecutedPoint& point) {
  const Executed& without = side_of(point, Baseline::without_cache);
  const Executed& with = side_of(point, Baseline::with_cache);
  const auto flops = [](const Executed& one) { return scene::flops_text(one.step.total()); };
  const auto time = [](const Executed& one) { return scene::seconds_text(one.step_seconds); };
  return {std::to_string(point.tokens),
          flops(without),
          time(without),
          flops(with),
          time(with),
          ratio_text(core::to_double(without.step.total()), core::to_double(with.step.total())),
          ratio_text(without.step_seconds, with.step_seconds)};
}

std::string table_of(const core::Execution& steps) {
  TextTable table;
  const auto number = [](const char* title, const char* group) {
    return TextColumn{.title = title, .align = Align::right, .group = group};
  };
  table.columns = {number("tokens", ""),        number("FLOPs", "WITHOUT CACHE"),
                   number("time", "WITHOUT CACHE"), number("FLOPs", "WITH CACHE"),
                   number("time", "WITH CACHE"),    number("FLOPs", "ratio"),
                   number("time", "ratio")};
  // Evenly among the points, the last one always.
  const std::size_t count = steps.points.size(), rows = std::min(count, most_rows);
  for (std::size_t row = 1; row <= rows; ++row)
    table.rows.push_back(cells_of(steps.points[row * count / rows - 1]));
  table.rows.emplace_back();
  table.rows.push_back({"exponent",
                        exponent_text(core::flops_fit(steps, Baseline::without_cache)),
                        exponent_text(core::time_fit(steps, Baseline::without_cache)),
                        exponent_text(core::flops_fit(steps, Baseline::with_cache)),
                        exponent_text(core::time_fit(steps, Baseline::with_cache)), "", ""});
  return to_text(table);
}

std::string json_of(const GrowthTimes& times, int threads) {
  std::string out;
  JsonWriter json(out);
  constexpr std::pair<const char*, Baseline> sides[] = {
      {"without_cache", Baseline::without_cache}, {"with_cache", Baseline::with_cache}};
  json.begin_object();
  json.member("model", times.steps.model);
  json.member("threads", threads);
  json.member("rounds", times.rounds);
  json.key("points");
  json.begin_array();
  for (const ExecutedPoint& point : times.steps.points) {
    json.begin_object();
    json.member("tokens", point.tokens);
    for (const auto& [name, side] : sides) {
      json.key(name);
      json.begin_object();
      json.member("flops", side_of(point, side).step.total());
      json.member("seconds", side_of(point, side).step_seconds);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
  json.key("exponents");
  json.begin_object();
  for (const auto& [name, side] : sides) {
    json.key(name);
    json.begin_object();
    if (const auto fit = core::flops_fit(times.steps, side)) json.member("flops", fit->exponent);
    if (const auto fit = core::time_fit(times.steps, side)) json.member("seconds", fit->exponent);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return out;
}

bool is_svg(const std::string& path) { return path.ends_with(".svg"); }

core::Status check_name(const std::string& path) {
  if (is_svg(path) || path.ends_with(".png")) return {};
  return core::Error{core::ErrorKind::usage, "--out: found " + core::quoted(path, 200) +
                                                 ", expected a name that ends in .png or .svg"};
}

core::Status write_plot(const core::Execution& steps, const BenchGrowthOptions& options) {
  const auto offscreen = gl::Offscreen::create(shader_folder());
  if (!offscreen) return offscreen.error();
  gl::Gui& gui = (*offscreen)->gui();
  const scene::Palette& colors = scene::palette(options.theme, false);
  const auto compose = [&](const scene::FontMetrics& metrics) {
    return scene::times_sheet(steps, options.theme, options.language, metrics);
  };
  if (is_svg(*options.out)) {
    const auto scene = gui.settle(1, compose);
    if (!scene) return scene.error();
    return write_file(*options.out, to_svg(*scene, colors, gui.metrics()));
  }
  constexpr float scale = 1.5F;
  const auto image = gui.picture({static_cast<int>(scene::times_sheet_size.x * scale),
                                  static_cast<int>(scene::times_sheet_size.y * scale)},
                                 scale, colors, compose);
  if (!image) return image.error();
  return write_file(*options.out, gl::encode_png(*image));
}

}  // namespace

int bench_growth(const BenchGrowthOptions& options) {
  if (options.out) {
    if (const auto error = check_name(*options.out)) return fail(*error);
    if (const auto error = check_writable(*options.out)) return fail(*error);
  }
  if (options.prompt_tokens > options.tokens)
    return fail({core::ErrorKind::usage,
                 fmt::format("--prompt-tokens: found {}, expected at most the {} of --tokens",
                             options.prompt_tokens, options.tokens)});
  const auto opened = open_for_bench(options.model, options.tokens);
  if (interrupted()) return exit_interrupted;
  if (!opened) return fail(opened.error());
  const core::Model& model = *opened->model;
  ThreadPool pool(options.threads);
  core::Result<GrowthTimes> times = [&] {
    ProgressBar bar("timing");
    return core::time_growth(model, options.prompt_tokens, options.tokens,
                             {&pool, bar.part(0, 1)});
  }();
  if (interrupted()) return exit_interrupted;
  if (!times) return fail(times.error());
  if (options.out)
    if (const auto error = write_plot(times->steps, options)) return fail(*error);
  if (options.json) return print(json_of(*times, options.threads));
  return print(fmt::format("{}: one step with so many tokens, median of {}, float32\n",
                           printable_text(model.name), times->rounds) +
               table_of(times->steps) +
               fmt::format("exponent: of the tokens, fitted over the longer half of the steps; time "
                           "is measured, FLOPs are counted; threads: {}\n",
                           options.threads));
}

}  // namespace kv::app
