// What a person keeps, or writes in one line.
#include <algorithm>
#include <cmath>

#include "app/logic/lab/scenario_text.h"
#include "app/logic/lesson/progress_json.h"
#include "app/logic/session.h"
#include "core/base/utf8.h"
#include "tests/fuzz/complaints.h"
#include "tests/fuzz/targets.h"
#include "tests/logic/scenario_samples.h"
#include "viz/scene/formula.h"

namespace kv::test {
namespace {

// Read, written, and the same when read again.
template <class Parse>
std::string kept(std::span<const std::uint8_t> bytes, Parse parse) {
  const auto read = parse(text_of(bytes), "kept.json");
  if (!read) return message_complaint(read.error().message);
  const std::string once = app::to_json(*read);
  const auto again = parse(once, "kept.json");
  if (!again) return once + again.error().message;
  if (!(*again == *read)) return "another value when read again: " + core::quoted(once, 300);
  return difference(once, app::to_json(*again));
}

bool is_sound(const scene::FormulaLayout& layout) {
  for (const float size : {layout.width, layout.ascent, layout.descent})
    if (!std::isfinite(size)) return false;
  return layout.width >= 0 && layout.height() > 0;
}

}  // namespace

std::string fuzz_session(std::span<const std::uint8_t> bytes) {
  return kept(bytes, app::parse_session);
}

std::string fuzz_settings(std::span<const std::uint8_t> bytes) {
  return kept(bytes, app::parse_settings);
}

std::string fuzz_progress(std::span<const std::uint8_t> bytes) {
  if (const auto read = app::parse_progress(text_of(bytes), "progress.json")) {
    const std::string csv = app::to_csv(*read);
    const auto quotes = std::ranges::count(csv, '"');
    if (!csv.ends_with('\n') || quotes % 2 != 0) return "a table that ends within a field";
  }
  return kept(bytes, app::parse_progress);
}

std::string fuzz_scenario(std::span<const std::uint8_t> bytes) {
  const std::string text = text_of(bytes);
  for (const bool costs : {false, true}) {
    const auto scenario = app::parse_scenario(text, costs, known_sizes);
    auto wrong = scenario ? complaint(*scenario) : message_complaint(scenario.error().message);
    if (!wrong.empty()) return wrong;
  }
  return {};
}

std::string fuzz_formula(std::span<const std::uint8_t> bytes) {
  const std::string source = text_of(bytes);
  const scene::FontMetrics metrics = scene::plain_metrics();
  const scene::Palette& colors = scene::palette(scene::Theme::dark, false);
  if (const auto mistake = scene::formula_mistake(source))
    if (auto wrong = message_complaint(*mistake); !wrong.empty()) return wrong;
  const bool valid = core::find_invalid_utf8(source) == std::string::npos;
  if (valid && core::find_invalid_utf8(scene::formula_line(source)) != std::string::npos)
    return "characters cut in two";
  const auto line = scene::lay_out_formula(source, scene::Font::body, colors.text, colors, metrics);
  if (!is_sound(line)) return "a layout without sizes";
  const auto lines =
      scene::lay_out_formula_within(source, scene::Font::body, colors.text, colors, metrics, 120);
  if (lines.empty() || !std::ranges::all_of(lines, is_sound)) return "lines without sizes";
  return {};
}

}  // namespace kv::test
