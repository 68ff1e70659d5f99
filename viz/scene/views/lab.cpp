#include "viz/scene/views/lab.h"

#include "viz/scene/explain_lab.h"
#include "viz/scene/views/control_rows.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

constexpr float gap = 10;

void draw_pages(Frame& f, Rect row) {
  const int first = f.view.place == PlaceId::costs ? lab_pages_of_scenarios : 0;
  const int last = f.view.place == PlaceId::costs ? lab_page_count : lab_pages_of_scenarios;
  for (int i = first; i < last; ++i) {
    const auto page = static_cast<LabPage>(i);
    const bool on = f.view.scenario.page == page;
    const std::string words = f.say(name_of_page(page));
    // As wide in bold as not: tabs stay where they are.
    const float width = std::max(f.width(words, Font::body), f.width(words, Font::body_bold)) + 36;
    put_button(f, row.take_left(width, 6), words, {.kind = PartKind::page_button, .a = i}, on,
               on ? Font::body_bold : Font::body);
  }
}

// What does not fit is left out between the words, never within one; the last one, the page, stays.
std::string shortened(const Frame& f, const std::string& text, float room) {
  if (f.width(text, Font::small) <= room) return text;
  const auto last = text.rfind(' ');
  if (last == std::string::npos) return text;
  const std::string end = " \u2026" + text.substr(last);
  for (auto cut = text.rfind(' ', last - 1); cut != std::string::npos && cut > 0;
       cut = text.rfind(' ', cut - 1)) {
    const std::string shorter = text.substr(0, cut) + end;
    if (f.width(shorter, Font::small) <= room) return shorter;
  }
  return text.substr(last + 1);
}

void draw_scenario_text(Frame& f, const Rect& area) {
  const PartId part{.kind = PartKind::scenario_text};
  Rect rest = area;
  const std::string copy = f.say(words::scenario_copy);
  put_button(f, rest.take_right(f.width(copy, Font::small) + 28, 8), copy,
             {.kind = PartKind::copy_button});
  put(f, Box{.rect = rest,
             .fill = f.colors.panel,
             .line = hovered(f, part) ? f.colors.accent : f.colors.border,
             .radius = 6});
  put_place(f, rest, part);
  rest = rest.inset(12, 0);
  const std::string label = f.say(words::scenario_label);
  put_line(f, rest.take_left(f.width(label, Font::small) + 1, 12), label, Font::small,
           f.colors.muted);
  put_line(f, rest, shortened(f, f.status.lab->text, rest.w), Font::small, f.colors.text);
}

void draw_page(Frame& f, const Rect& area) {
  switch (f.view.scenario.page) {
    case LabPage::curves:
      return draw_curves_page(f, area);
    case LabPage::draw:
      return draw_draw_page(f, area);
    case LabPage::drill:
      return draw_drill_page(f, area);
    case LabPage::memory:
      return draw_memory_page(f, area);
    case LabPage::roofline:
      return draw_roofline_page(f, area);
    case LabPage::machine:
      return draw_machine_page(f, area);
  }
}

// A drill has two controls and long questions: they stand beside the pages' names.
void draw_few_controls(Frame& f, Rect row) {
  const ControlStyle style{.line = row.h, .option = row.h, .button = row.h};
  const auto& controls = f.status.lab->controls;
  for (auto control = controls.rbegin(); control != controls.rend(); ++control) {
    if (control->kind == ControlView::Kind::heading) continue;
    ControlView bare = *control;
    bare.note.clear();
    draw_control(f, bare, style, row.take_right(control_width(f, bare, style), 3 * gap));
  }
}

}  // namespace

void draw_lab(Frame& f, const Rect& area) {
  if (!f.status.lab) return;
  Rect rest = area.inset(14, 0);
  rest.take_top(gap);
  draw_status(f, rest.take_bottom(28));
  draw_scenario_text(f, rest.take_bottom(32, gap));
  const Rect top = rest.take_top(34, gap);
  draw_pages(f, top);
  if (f.view.scenario.page == LabPage::drill)
    draw_few_controls(f, top.inset(8, 0));
  else
    draw_controls(f, rest.take_left(std::clamp(area.w * 0.21F, 330.0F, 380.0F), gap));
  draw_page(f, rest);
}

}  // namespace kv::scene
