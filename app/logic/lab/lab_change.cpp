#include "app/logic/lab/lab_change.h"

#include <algorithm>

#include "app/logic/lab/lab_drawing.h"
#include "app/logic/lesson/drawing.h"

namespace kv::app {
namespace {

using scene::LabPage;
using scene::PlaceId;
using scene::Scenario;

// What is drawn and executed is of these; the rest is how it is looked at.
bool same_curves(const Scenario& a, const Scenario& b) {
  return a.sizes.model == b.sizes.model && a.prompt == b.prompt && a.asked == b.asked &&
         a.part == b.part && a.extent == b.extent && a.page == b.page;
}
bool same_execution(const Scenario& a, const Scenario& b) {
  return a.model == b.model && a.sizes.model == b.sizes.model && a.prompt == b.prompt &&
         a.padded == b.padded && a.context == b.context;
}

void want(LabState& lab, Measurement measurement) {
  if (std::ranges::find(lab.wanted, measurement) == lab.wanted.end())
    lab.wanted.push_back(measurement);
}

void travel(AppState& state, std::vector<Scenario> LabPlace::*from,
            std::vector<Scenario> LabPlace::*to) {
  LabPlace& place = place_of(state);
  if ((place.*from).empty()) return;
  (place.*to).push_back(std::move(place.scenario));
  place.scenario = std::move((place.*from).back());
  (place.*from).pop_back();
  place.changing = -1;
  forget_drawing(state.lab);
}

}  // namespace

LabPlace& place_of(AppState& state) {
  return state.view.place == PlaceId::costs ? state.lab.costs : state.lab.scenarios;
}

bool of_costs(LabPage page) { return static_cast<int>(page) >= scene::lab_pages_of_scenarios; }

void forget_drawing(LabState& lab) {
  lab.drawing.clear();
  lab.revealed = false;
}

void change_scenario(AppState& state, Scenario scenario, int control) {
  LabPlace& place = place_of(state);
  if (control < 0 || control != place.changing) {
    place.undo.push_back(place.scenario);
    if (place.undo.size() > lab_undo_depth) place.undo.erase(place.undo.begin());
    place.redo.clear();
  }
  place.changing = control;
  if (!same_curves(place.scenario, scenario)) forget_drawing(state.lab);
  if (!same_execution(place.scenario, scenario)) state.lab.flop_budget = glimpse_flops;
  place.scenario = std::move(scenario);
}

void undo_scenario(AppState& state) { travel(state, &LabPlace::undo, &LabPlace::redo); }
void redo_scenario(AppState& state) { travel(state, &LabPlace::redo, &LabPlace::undo); }

void go_to_page(AppState& state, LabPage page) {
  LabPlace& place = place_of(state);
  if (of_costs(page) != (state.view.place == PlaceId::costs)) return;
  place.scenario.page = page;
  place.focused = place.changing = -1;
  forget_drawing(state.lab);
}

// The next row of the pane that the arrow keys can change.
void focus_control(AppState& state, int by) {
  LabPlace& place = place_of(state);
  std::vector<int> ids;
  const auto view = lab_view(state);
  for (const scene::ControlView& control : view->controls)
    if (control.enabled && control.kind != scene::ControlView::Kind::heading)
      ids.push_back(control.id);
  if (ids.empty()) return;
  const auto found = std::ranges::find(ids, place.focused);
  const int count = static_cast<int>(ids.size());
  const int at = found == ids.end() ? (by > 0 ? -1 : 0) : static_cast<int>(found - ids.begin());
  place.focused = ids[static_cast<std::size_t>((at + by + count) % count)];
  place.changing = -1;
}

void set_exponent(AppState& state, double share) {
  const Scenario& scenario = place_of(state).scenario;
  if (!state.lab.revealed) state.lab.drawing = straight_drawing(scenario, exponent_of(share));
}

void step_control(AppState& state, int by) {
  LabPlace& place = place_of(state);
  if (place.focused < 0) return focus_control(state, 1);
  if (place.focused == static_cast<int>(ControlId::exponent))
    return set_exponent(state,
                        share_of(lab_exponent(state.lab).value_or(1)) + 0.025 * by);
  change_scenario(state, stepped(place.scenario, place.focused, by, sizes_by_name(state)),
                  place.focused);
}

void press_control(AppState& state, int control) {
  LabState& lab = state.lab;
  switch (static_cast<ControlId>(control)) {
    case ControlId::run:
      lab.flop_budget = asked_flops;
      return;
    case ControlId::reveal:
      reveal_curve(state);
      return;
    case ControlId::clear:
      return forget_drawing(lab);
    case ControlId::probe:
      lab.probe = nullptr;
      return want(lab, Measurement::probe);
    case ControlId::bench_attention:
      return want(lab, Measurement::attention);
    case ControlId::bench_model:
      return want(lab, Measurement::model);
    default:
      return;
  }
}

}  // namespace kv::app
