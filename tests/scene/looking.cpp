#include "tests/scene/looking.h"

namespace kv::test {

using scene::PartKind;

Looking::Looking(int step, const StageShape& shape)
    : subject(Stage(shape).subject(step, 1)), moment(scene::rest_after(step)) {
  view.layer = 1;
  view.head = 2;
  for (int i = 0; i < subject.steps(); ++i)
    change_step(i, [](core::Step& s) {
      s.cached->seconds = 12e-6;
      s.uncached->cost.seconds = 48e-6;
    });
  status.memory_bytes = 1'250'000;
  status.memory_budget = 512'000'000;
  status.sampling = "greedy";
  status.messages = {"The context is full"};
  status.activity = "step 4";
  status.can_cancel = true;
}

std::vector<scene::PartId> every_part() {
  using core::Side;
  std::vector<scene::PartId> parts;
  // A lesson's words, answers and charts say themselves what they are.
  const auto speaks = [](PartKind kind) {
    return kind == PartKind::link || kind == PartKind::option || kind == PartKind::answer_scale ||
           kind == PartKind::stage_chart;
  };
  // The laboratory's parts have no place in a run's picture; their tests are beside their pages'.
  for (int kind = 1; kind < static_cast<int>(PartKind::page_button); ++kind)
    if (!speaks(static_cast<PartKind>(kind)))
      parts.push_back({static_cast<PartKind>(kind), Side::uncached, 3, 1});
  for (scene::PartId& part : parts) {
    if (part.kind == PartKind::lens_cell) part.a = 0;
    if (part.kind == PartKind::chart) part.a = 7;
    if (part.kind == PartKind::slider) part.a = 412;
    if (part.kind == PartKind::pace_button) part.a = 1;
    if (part.kind == PartKind::message) part.a = 0;
  }
  parts.push_back({PartKind::key_cell, Side::cached, 6, 0});
  parts.push_back({PartKind::key_cell, Side::cached, 2, 0});
  parts.push_back({PartKind::attention_cell, Side::uncached, 2, 5});
  parts.push_back({PartKind::attention_cell, Side::cached, 6, 4});
  parts.push_back({PartKind::attention_cell, Side::cached, 2, 1});
  parts.push_back({PartKind::row_label, Side::cached, 6});
  for (int i = 0; i < static_cast<int>(core::op_count_parts.size()); ++i)
    parts.push_back({PartKind::component, Side::cached, i});
  parts.push_back({PartKind::step_flops, Side::cached});
  parts.push_back({PartKind::total_flops, Side::cached});
  parts.push_back({PartKind::side_title, Side::cached});
  parts.push_back({PartKind::token, Side::cached, 7});
  parts.push_back({PartKind::candidate, Side::cached, 0});
  for (int i = 0; i < scene::operation_count; ++i)
    parts.push_back({PartKind::operation_chip, Side::cached, i});
  return parts;
}

std::string text_of(const scene::Explanation& explanation, scene::Language language) {
  std::string text = explanation.title + "\n";
  if (!explanation.value.empty()) text += "  = " + explanation.value + "\n";
  for (const std::string& line : explanation.lines) text += "  - " + line + "\n";
  if (const auto* badge = scene::phrase_of(explanation.badge))
    text += std::string("  [") + badge->in(language) + "]\n";
  return text;
}

bool mentions(const scene::Explanation& explanation, std::string_view text) {
  return text_of(explanation, scene::Language::en).find(text) != std::string::npos;
}

}  // namespace kv::test
