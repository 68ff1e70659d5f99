#include "viz/scene/views/costs_parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace kv::scene {

std::string costs_model_name(const Frame& f) {
  const std::string& name = f.view.scenario.model;
  return name.empty() ? f.say(words::costs_own_sizes) : name;
}

std::string costs_detail(const Frame& f, const Rect& area, const std::string& more) {
  const Scenario& s = f.view.scenario;
  const std::string detail = f.say(
      words::stage_batch_of, {costs_model_name(f), count_text(s.tokens), count_text(s.batch)});
  const std::string rest = more.empty() ? more : " \u00B7 " + more;
  const int context = s.sizes.model.context_length;
  if (s.model.empty() || context <= 0 || s.tokens <= context) return detail + rest;
  const std::string beyond =
      detail + " \u00B7 " + f.say(words::costs_beyond, {count_text(context)}) + rest;
  return f.width(beyond, Font::small) <= stage_detail_width(area) ? beyond : detail + rest;
}

Bill costs_bill(const Frame& f) {
  const Scenario& s = f.view.scenario;
  return make_bill({s.sizes, costs_model_name(f)}, s.tokens, std::max<std::int64_t>(1, s.batch),
                   s.dtype);
}

std::optional<CostsMachine> costs_machine(const Frame& f) {
  const std::string& name = f.view.scenario.machine;
  if (name == "a100") return CostsMachine{core::a100_80gb, core::a100_80gb.name};
  if (name != "here") return CostsMachine{core::h100_sxm, core::h100_sxm.name};
  if (!f.status.lab || !f.status.lab->probe) return {};
  return CostsMachine{f.status.lab->probe->machine(), f.say(words::costs_here)};
}

core::InferenceSetting inference_of(const Scenario& scenario) {
  return {.cost = scenario.sizes,
          .dtype = scenario.dtype,
          .batch = std::max<std::int64_t>(1, scenario.batch),
          .causal = scenario.causal,
          .estimated = scenario.page == LabPage::drill};
}

std::string long_seconds_text(double seconds) {
  if (seconds < 999.5) return seconds_text(seconds);
  if (seconds < 999'999.5) return count_text(std::llround(seconds)) + " s";
  // The bound is where rounding gains a digit.
  const int power = static_cast<int>(std::floor(std::log10(seconds / 0.9995)));
  return fmt::format("{:.2f}\u00B7{} s", seconds / std::pow(10, power), power_of_ten_text(power));
}

std::string power_of_ten_text(int exponent) {
  static constexpr std::array digits = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                        "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  std::string text = exponent < 0 ? "10\u207B" : "10";
  for (const char digit : std::to_string(std::abs(exponent)))
    text += digits[static_cast<std::size_t>(digit - '0')];
  return text;
}

void put_title(Frame& f, const Rect& area, std::string_view title) {
  const bool fits = f.width(title, Font::body_bold) <= area.w;
  put_line(f, area, title, fits ? Font::body_bold : Font::small_bold, f.colors.text);
}

void put_unmeasured(Frame& f, Rect area, const Phrase& button, const Phrase& does) {
  area.take_top(put_wrapped(f, area, f.say(words::costs_unmeasured, {f.say(button)}), Font::small,
                            f.colors.text));
  put_wrapped(f, area, f.say(does), Font::small, f.colors.muted);
}

Rect put_section(Frame& f, Rect area, std::string_view title, std::string_view note) {
  Rect line = area.take_top(24, 6);
  const float width = f.width(note, Font::small) + 1;
  if (!note.empty()) put_line(f, line.take_right(width, 14), note, Font::small, f.colors.muted);
  put_title(f, line, title);
  return area;
}

float put_wrapped(Frame& f, const Rect& area, const std::string& words, Font font, Color color,
                  float height) {
  Rect rest = area;
  for (const std::string& line : wrap_text(f.metrics, words, font, area.w))
    put_line(f, rest.take_top(height), line, font, color);
  return area.h - rest.h;
}

}  // namespace kv::scene
