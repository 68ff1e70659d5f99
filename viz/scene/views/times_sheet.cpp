#include "viz/scene/views/times_sheet.h"

#include "viz/scene/views/costs_parts.h"

namespace kv::scene {

Scene times_sheet(const core::Execution& execution, Theme theme, Language language,
                  const FontMetrics& metrics) {
  const Palette& colors = palette(theme, false);
  Scene scene{.size = times_sheet_size,
              .ground = colors.ground,
              .theme = theme,
              .items = {},
              .places = {}};
  Subject subject;
  Moment moment;
  ViewState view;
  view.language = language;
  StatusView status;
  GridStore grids;
  Frame f{subject, moment, view, status, metrics, colors, grids, scene};
  draw_step_times(f, Rect{0, 0, scene.size.x, scene.size.y}.inset(28), execution,
                  fmt::format("{} \u00b7 {}", execution.model, f.say(words::measured)));
  return scene;
}

}  // namespace kv::scene
