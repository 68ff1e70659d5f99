#include "viz/scene/explain_lab.h"

#include <algorithm>
#include <array>

#include "viz/scene/lab_view.h"

namespace kv::scene {
namespace {

struct ControlWords {
  const Phrase* name;
  const Phrase* does;
};
constexpr std::array<ControlWords, control_count> control_words = {{
    {&words::control_model, &words::ex_control_model},
    {&words::control_width, &words::ex_control_width},
    {&words::control_layers, &words::ex_control_layers},
    {&words::control_heads, &words::ex_control_heads},
    {&words::control_kv_heads, &words::ex_control_kv_heads},
    {&words::control_ffn, &words::ex_control_ffn},
    {&words::control_vocabulary, &words::ex_control_vocabulary},
    {&words::control_mlp_kind, &words::ex_control_mlp_kind},
    {&words::control_tokens, &words::ex_control_tokens},
    {&words::control_prompt, &words::ex_control_prompt},
    {&words::control_batch, &words::ex_control_batch},
    {&words::control_context, &words::ex_control_context},
    {&words::control_extent, &words::ex_control_extent},
    {&words::control_part, &words::ex_control_part},
    {&words::control_ways, &words::ex_control_ways},
    {&words::control_axes, &words::ex_control_axes},
    {&words::control_asked, &words::ex_control_asked},
    {&words::control_dtype, &words::ex_control_dtype},
    {&words::control_machine, &words::ex_control_machine},
    {&words::control_pairs, &words::ex_control_pairs},
    {&words::control_seed, &words::ex_control_seed},
    {&words::control_run, &words::ex_control_run},
    {&words::control_reveal, &words::ex_control_reveal},
    {&words::control_clear, &words::ex_control_clear},
    {&words::control_probe, &words::ex_control_probe},
    {&words::control_bench_model, &words::ex_control_bench_model},
    {&words::control_bench_attention, &words::ex_control_bench_attention},
    {&words::control_exam, &words::ex_control_exam},
    {&words::control_exponent, &words::ex_control_exponent},
}};
constexpr std::array<ControlWords, lab_page_count> page_words = {{
    {&words::page_curves, &words::ex_page_curves},
    {&words::page_draw, &words::ex_page_draw},
    {&words::page_drill, &words::ex_page_drill},
    {&words::page_memory, &words::ex_page_memory},
    {&words::page_roofline, &words::ex_page_roofline},
    {&words::page_machine, &words::ex_page_machine},
}};

Explanation explained(const Frame& f, const Phrase& title, const Phrase& line) {
  return {.title = f.say(title), .value = {}, .lines = {f.say(line)}, .badge = Badge::none};
}

const ControlView* control_of(const Frame& f, int id) {
  if (!f.status.lab) return nullptr;
  const auto& controls = f.status.lab->controls;
  const auto found = std::ranges::find(controls, id, &ControlView::id);
  return found == controls.end() ? nullptr : &*found;
}

std::string chosen_text(const ControlView& control) {
  std::string text;
  for (int i = 0; i < static_cast<int>(control.options.size()); ++i) {
    if (!control.is_on(i)) continue;
    if (!text.empty()) text += " \u00B7 ";
    text += control.options[static_cast<std::size_t>(i)];
  }
  return text;
}

Explanation explain_of(const Frame& f, int id) {
  if (id < 0 || id >= control_count) return {};
  const ControlWords& entry = control_words[static_cast<std::size_t>(id)];
  Explanation e = explained(f, *entry.name, *entry.does);
  const ControlView* control = control_of(f, id);
  if (!control) return e;
  if (!control->options.empty())
    e.value = chosen_text(*control);
  else if (control->kind != ControlView::Kind::button)
    e.value = control->value;
  if (!control->note.empty()) e.lines.push_back(control->note);
  return e;
}

}  // namespace

const Phrase& name_of_control(int id) { return *control_words[static_cast<std::size_t>(id)].name; }

const Phrase& name_of_page(LabPage page) {
  return *page_words[static_cast<std::size_t>(page)].name;
}

Explanation explain_lab_control(const Frame& f, const PartId& part) {
  switch (part.kind) {
    case PartKind::page_button: {
      if (part.a < 0 || part.a >= lab_page_count) return {};
      const ControlWords& page = page_words[static_cast<std::size_t>(part.a)];
      return explained(f, *page.name, *page.does);
    }
    case PartKind::control_slider:
    case PartKind::control_choice:
    case PartKind::control_less:
    case PartKind::control_more:
    case PartKind::control_button:
      return explain_of(f, part.a);
    case PartKind::scenario_text: {
      Explanation e = explained(f, words::scenario_label, words::ex_scenario_text);
      if (f.status.lab && !f.status.lab->text.empty()) e.lines.push_back(f.status.lab->text);
      return e;
    }
    case PartKind::copy_button:
      return explained(f, words::scenario_copy, words::ex_scenario_copy);
    case PartKind::question_button:
      return explained(f, words::ex_question_next, words::ex_question_next_line);
    case PartKind::exam_button:
      return explained(f, words::control_exam, words::ex_control_exam);
    default:
      return {};
  }
}

}  // namespace kv::scene
