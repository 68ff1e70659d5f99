#include <algorithm>
#include <cmath>

#include "app/logic/lab/drill.h"
#include "app/logic/lab/lab_change.h"
#include "app/logic/lab/lab_drawing.h"

namespace kv::app {
namespace {

using scene::LabPage;
using scene::PlaceId;
using scene::Scenario;

void next_page(AppState& state) {
  const bool costs = state.view.place == PlaceId::costs;
  const int first = costs ? scene::lab_pages_of_scenarios : 0;
  const int count =
      costs ? scene::lab_page_count - scene::lab_pages_of_scenarios : scene::lab_pages_of_scenarios;
  const int page = static_cast<int>(place_of(state).scenario.page);
  go_to_page(state, static_cast<LabPage>(first + (page - first + 1) % count));
}

// By a fiftieth of the axis, along it.
void move_cursor(AppState& state, int by) {
  Scenario scenario = place_of(state).scenario;
  const auto n = static_cast<double>(scenario.tokens);
  const auto at = static_cast<double>(scenario.at > 0 ? scenario.at : scenario.tokens);
  const double moved = scenario.log_log ? at * std::pow(n, by / 50.0) : at + by * n / 50;
  auto rounded = static_cast<std::int64_t>(std::llround(moved));
  if (rounded == static_cast<std::int64_t>(at)) rounded += by;
  scenario.at = std::clamp<std::int64_t>(rounded, std::max<std::int64_t>(1, scenario.prompt),
                                         scenario.tokens);
  change_scenario(state, std::move(scenario), cursor_control);
}

// What Space does: the page's own action.
void act_on_page(AppState& state) {
  switch (place_of(state).scenario.page) {
    case LabPage::curves:
      return press_control(state, static_cast<int>(ControlId::run));
    case LabPage::draw:
      reveal_curve(state);
      return;
    case LabPage::drill:
      return next_question(state);
    case LabPage::machine:
      if (!state.lab.probe) return press_control(state, static_cast<int>(ControlId::probe));
      return press_control(state, static_cast<int>(ControlId::bench_model));
    default:
      return;
  }
}

bool drill_command(AppState& state, Command command) {
  switch (command) {
    case Command::next:
    case Command::next_token:
      next_question(state);
      return true;
    case Command::back:
      return true;  // what was answered is answered
    case Command::layer_up:
    case Command::layer_down:
      focus_answer(state, command == Command::layer_up ? -1 : 1);
      return true;
    case Command::answer:
      state.lab.drill.open() ? choose_answer(state, state.lab.drill.focused) : next_question(state);
      return true;
    case Command::reveal:
      reveal_answer(state);
      return true;
    default:
      return false;
  }
}

struct OptionCommand {
  Command command;
  ControlId control;
};
constexpr OptionCommand option_commands[] = {{Command::toggle_chart_scale, ControlId::axes},
                                             {Command::next_chart_part, ControlId::part}};

// Turns to the next option, from the last to the first.
void next_option(AppState& state, ControlId control) {
  Scenario scenario = place_of(state).scenario;
  if (control == ControlId::axes) scenario.log_log = !scenario.log_log;
  if (control == ControlId::part)
    scenario.part = static_cast<scene::CostPart>((static_cast<int>(scenario.part) + 1) %
                                                 scene::cost_part_count);
  change_scenario(state, std::move(scenario), -1);
}

void reset_scenario(AppState& state) {
  Scenario fresh = default_scenario(state.view.place == PlaceId::costs);
  const LabPage page = place_of(state).scenario.page;
  change_scenario(state, std::move(fresh), -1);
  place_of(state).scenario.page = page;
}

}  // namespace

bool lab_command(AppState& state, Command command) {
  if (!in_lab(state)) return false;
  if (lab_place(state).scenario.page == LabPage::drill && drill_command(state, command))
    return true;
  for (const OptionCommand& option : option_commands)
    if (command == option.command) {
      next_option(state, option.control);
      return true;
    }
  switch (command) {
    case Command::next:
      step_control(state, 1);
      return true;
    case Command::back:
      step_control(state, -1);
      return true;
    case Command::layer_up:
      focus_control(state, -1);
      return true;
    case Command::layer_down:
      focus_control(state, 1);
      return true;
    case Command::next_operation:
    case Command::previous_operation:
      move_cursor(state, command == Command::next_operation ? 1 : -1);
      return true;
    case Command::first:
    case Command::last: {
      Scenario scenario = lab_place(state).scenario;
      scenario.at = command == Command::first ? scenario.prompt : 0;
      change_scenario(state, std::move(scenario), -1);
      return true;
    }
    case Command::next_pace:
      next_page(state);
      return true;
    case Command::play_or_pause:
      act_on_page(state);
      return true;
    case Command::reveal:
    case Command::answer:
      reveal_curve(state);
      return true;
    case Command::toggle_heat: {
      const int padded = static_cast<int>(core::Baseline::padded);
      change_scenario(
          state, with_option(lab_place(state).scenario, static_cast<int>(ControlId::ways), padded),
          -1);
      return true;
    }
    case Command::reset:
      reset_scenario(state);
      return true;
    case Command::undo:
      undo_scenario(state);
      return true;
    case Command::redo:
      redo_scenario(state);
      return true;
    // What belongs to a run or a lesson has no meaning here.
    case Command::next_token:
    case Command::head_next:
    case Command::head_previous:
    case Command::toggle_list:
    case Command::toggle_presenting:
    case Command::toggle_votes:
      return true;
    default:
      return false;
  }
}

}  // namespace kv::app
