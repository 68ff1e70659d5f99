// What every view of the window is given, and the few strokes all of them draw with.
#pragma once

#include <string>
#include <string_view>

#include "viz/scene/language.h"
#include "viz/scene/scene.h"
#include "viz/scene/subject.h"
#include "viz/scene/timeline.h"
#include "viz/scene/view.h"

namespace kv::scene {

struct Frame {
  const Subject& subject;
  const Moment& moment;
  const ViewState& view;
  const StatusView& status;
  const FontMetrics& metrics;
  const Palette& colors;
  GridStore& grids;
  Scene& scene;

  std::string say(const Phrase& phrase,
                  std::initializer_list<std::string_view> arguments = {}) const {
    return scene::say(phrase, view.language, arguments);
  }
  float width(std::string_view text, Font font) const { return metrics.width(text, font); }
  const core::ModelConfig& config() const { return subject.run->model->config; }
};

enum class Align { left, center, right };

void put(Frame& f, Primitive item);
// One line; `at` is the left, middle or right end of its top. Returns its width.
float put_text(Frame& f, Vec2 at, std::string_view text, Font font, Color color,
               Align align = Align::left);
// One line in the middle of the height of `area`, cut with an ellipsis where it does not fit.
float put_line(Frame& f, const Rect& area, std::string_view text, Font font, Color color,
               Align align = Align::left);
void put_box(Frame& f, const Rect& rect, Color fill, float radius = 0);
void put_outline(Frame& f, const Rect& rect, Color line, float line_width = 1, float radius = 0);
// A quiet surface with a border, as all panels of the window are.
void put_panel(Frame& f, const Rect& rect);
void put_place(Frame& f, const Rect& rect, PartId part);
// A button: raised while pointed at, accented while on. Words in the middle, cut where too long.
void put_button(Frame& f, const Rect& rect, std::string_view words, PartId part, bool on = false,
                Font font = Font::small);
inline bool hovered(const Frame& f, const PartId& part) { return f.view.hover == part; }

// Runs of text in one line, each with its own font and colour, on a common baseline.
struct TextRun {
  std::string text;
  Font font = Font::small;
  Color color;
};
float put_runs(Frame& f, Vec2 at, std::initializer_list<TextRun> runs, Align align = Align::left);

// A number in the middle of a cell of that colour, in ink that can be read upon it.
void put_cell_number(Frame& f, const Rect& cell, float value, Color under);

// Numbers as the picture prints them: "0.41", "-1.2e-06"; a real minus sign, three digits.
std::string value_text(double value);
// "13.6×"; "∞" never: empty where the denominator is 0.
std::string ratio_text(core::Uint128 a, core::Uint128 b);

}  // namespace kv::scene
