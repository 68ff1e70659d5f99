#include <algorithm>

#include "viz/scene/views/roofline_plot.h"

namespace kv::scene {
namespace {

using core::Uint128;

const core::Machine& machine_of(const StageSpec& spec) {
  return spec.machine == "a100" ? core::a100_80gb : core::h100_sxm;
}

// What goes into each point: FLOPs and bytes, and the seconds that come of it.
void draw_numbers(Frame& f, Rect area, const core::Machine& machine, const RoofWorks& works) {
  const float gap = std::clamp((area.h - 390) / 4, 6.0F, 30.0F);
  for (const RoofWork& work : works) {
    Rect block = area.take_top(88, gap);
    draw_roof_marker(f, {block.x + 12, block.y + 12}, work);
    block.take_left(34);
    put_line(f, block.take_top(24, 2), f.say(work.name), Font::small_bold, work.color);
    put_line(f, block.take_top(20, 4),
             flops_text(static_cast<Uint128>(work.work.flops)) + " \u00B7 " +
                 bytes_text(static_cast<Uint128>(work.work.bytes)),
             Font::small, f.colors.muted);
    put_line(f, block.take_top(26), seconds_text(work.seconds(machine)), Font::title_bold,
             f.colors.text);
  }
  put_box(f, area.take_top(1, gap), f.colors.border);
  put_line(f, area.take_top(50), times_text(works[2].seconds(machine) / works[1].seconds(machine)),
           Font::huge_bold, f.colors.text);
  for (const std::string& line :
       wrap_text(f.metrics, f.say(words::roof_ratio), Font::small, area.w))
    put_line(f, area.take_top(20), line, Font::small, f.colors.muted);
}

}  // namespace

void draw_stage_roofline(Frame& f, const Rect& area, const StageSpec& spec) {
  const auto model = stage_model(f, spec);
  if (model && core::has_closed_form(model->cost))
    return draw_roofline_panel(f, area, machine_of(spec),
                               {.cost = model->cost,
                                .dtype = spec.dtype,
                                .batch = std::max<std::int64_t>(1, spec.batch),
                                .causal = false,
                                .estimated = true},
                               stage_tokens(f, spec), model->name);
  put_panel(f, area);
  put_quiet(f, area, missing_words(f, spec));
}

void draw_roofline_panel(Frame& f, const Rect& area, const core::Machine& machine,
                         const core::InferenceSetting& setting, std::int64_t tokens,
                         const std::string& model) {
  put_panel(f, area);
  const RoofWorks works = roof_works(f, setting, tokens);
  const std::string detail =
      f.say(words::stage_batch_of, {model, count_text(tokens), count_text(setting.batch)});
  Rect rest = put_stage_heading(f, area, f.say(words::roof_title, {machine.name}), detail,
                                f.say(words::formula));
  put_line(f, rest.take_bottom(20, 6), f.say(words::roof_note), Font::small, f.colors.muted);
  const Rect numbers = rest.take_right(std::clamp(area.w * 0.26F, 250.0F, 330.0F), 24);
  draw_roof_plot(f, rest, machine, works);
  draw_numbers(f, numbers, machine, works);
}

}  // namespace kv::scene
