#include "app/logic/lab/lab.h"

#include <algorithm>
#include <cmath>

#include "app/logic/document.h"
#include "app/logic/lab/drill.h"
#include "app/logic/lab/lab_change.h"
#include "app/logic/lesson/drawing.h"
#include "app/logic/lesson/model_sizes.h"
#include "app/logic/lesson/teaching.h"
#include "core/cost/presets.h"
#include "viz/scene/views/growth_chart.h"

namespace kv::app {
namespace {

using scene::LabPage;
using scene::PartKind;
using scene::PlaceId;
using scene::Scenario;

void clicked_option(AppState& state, const scene::PartId& part) {
  LabPlace& place = place_of(state);
  place.focused = part.a;
  change_scenario(state, with_option(place.scenario, part.a, part.b), -1);
}

}  // namespace

bool in_lab(const AppState& state) {
  return state.view.place == PlaceId::scenarios || state.view.place == PlaceId::costs;
}

const LabPlace& lab_place(const AppState& state) {
  return state.view.place == PlaceId::costs ? state.lab.costs : state.lab.scenarios;
}

SizesByName sizes_by_name(const AppState& state) {
  return [lesson = state.lesson](const std::string& name) {
    if (const core::Preset* preset = core::find_preset(name))
      return std::make_shared<const core::CostConfig>(preset->cost);
    return name.starts_with("random:") ? nullptr : sizes_of(lesson, name);
  };
}

LabState initial_lab() {
  LabState lab;
  lab.scenarios.scenario = default_scenario(false);
  lab.costs.scenario = default_scenario(true);
  return lab;
}

bool lab_click(AppState& state, const scene::PartId& part) {
  if (!in_lab(state)) return false;
  LabPlace& place = place_of(state);
  switch (part.kind) {
    case PartKind::page_button:
      if (part.a >= 0 && part.a < scene::lab_page_count)
        go_to_page(state, static_cast<LabPage>(part.a));
      return true;
    case PartKind::control_choice:
      clicked_option(state, part);
      return true;
    case PartKind::control_less:
    case PartKind::control_more:
      place.focused = part.a;
      step_control(state, part.kind == PartKind::control_more ? 1 : -1);
      return true;
    case PartKind::control_button:
      place.focused = part.a;
      press_control(state, part.a);
      return true;
    case PartKind::control_slider:
      place.changing = -1;  // a drag begins
      lab_drag(state, part);
      return true;
    case PartKind::lab_chart:
      place.changing = -1;
      if (place.scenario.page == LabPage::curves) lab_drag(state, part);
      return true;
    case PartKind::option:
      choose_answer(state, part.a);
      return true;
    case PartKind::question_button:
      next_question(state);
      return true;
    default:
      return false;
  }
}

void lab_drag(AppState& state, const scene::PartId& part) {
  if (!in_lab(state)) return;
  LabPlace& place = place_of(state);
  if (part.kind == PartKind::control_slider) {
    place.focused = part.a;
    const double share = part.b / 1000.0;
    if (part.a == static_cast<int>(ControlId::exponent)) return set_exponent(state, share);
    return change_scenario(state, with_share(place.scenario, part.a, share), part.a);
  }
  if (part.kind != PartKind::lab_chart || place.scenario.page == LabPage::drill) return;
  const auto value = scene::chart_value(place.scenario, part);
  if (!value) return;
  if (place.scenario.page == LabPage::draw) {
    if (!state.lab.revealed) add_to_drawing(state.lab.drawing, *value);
    return;
  }
  Scenario scenario = place.scenario;
  scenario.at = std::clamp<std::int64_t>(
      std::llround(value->x), std::max<std::int64_t>(1, scenario.prompt), scenario.tokens);
  change_scenario(state, std::move(scenario), cursor_control);
}

void set_scenario(AppState& state, const std::string& text) {
  const bool costs = state.view.place == PlaceId::costs;
  auto scenario = parse_scenario(text, costs, sizes_by_name(state));
  if (!scenario) return say(state, scenario.error().message);
  go_to_place(state, of_costs(scenario->page) ? PlaceId::costs : PlaceId::scenarios);
  place_of(state).focused = -1;
  change_scenario(state, *std::move(scenario), -1);
}

std::string scenario_text(const AppState& state) {
  return to_text(lab_place(state).scenario, sizes_by_name(state));
}

void refresh_lab(AppState& state) {
  if (!in_lab(state)) return;
  state.view.scenario = lab_place(state).scenario;
  if (state.view.scenario.page != LabPage::drill) return;
  refresh_drill(state);
  Drill& drill = state.lab.drill;
  if (!drill.asked || drill.open()) return;
  // The picture that goes with the answer.
  auto shown = parse_scenario(drill.asked->scenario, false, sizes_by_name(state));
  if (!shown) return;
  drill.picture = shown->page;
  state.view.scenario = *std::move(shown);
  state.view.scenario.page = LabPage::drill;
}

}  // namespace kv::app
