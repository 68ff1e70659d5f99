#include "app/logic/lab/controls.h"

#include "app/logic/lab/control_change.h"
#include "app/logic/lab/control_scale.h"
#include "app/logic/lab/controls_table.h"
#include "app/logic/lab/own_sizes.h"
#include "core/cost/presets.h"
#include "viz/scene/explain_lab.h"

namespace kv::app {
namespace {

using scene::ControlView;
using scene::Scenario;

static_assert(static_cast<int>(ControlId::exponent) + 1 == scene::control_count);

bool is_control(int control) { return control >= 0 && control < scene::control_count; }

bool is_action(ControlId control) {
  return control >= ControlId::run && control <= ControlId::exam;
}

ControlView heading(const scene::Phrase& words, scene::Language language) {
  ControlView view;
  view.kind = ControlView::Kind::heading;
  view.name = words.in(language);
  return view;
}

ControlView control_view(const Scenario& s, scene::Language language, ControlId control) {
  ControlView view;
  view.id = static_cast<int>(control);
  view.name = scene::name_of_control(view.id).in(language);
  view.note = note_of(s, language, control);
  view.enabled = applies(s, control);
  if (is_action(control)) {
    view.kind = ControlView::Kind::button;
    view.value = view.name;
    return view;
  }
  view.options = options_of(s, language, control);
  if (!view.options.empty()) {
    view.kind = ControlView::Kind::choice;
    const int chosen = chosen_of(s, control);
    view.several = control == ControlId::ways;
    if (view.several)
      view.on = static_cast<unsigned>(chosen);
    else
      view.chosen = chosen;
    return view;
  }
  view.value = value_text(s, language, control);
  const ControlScale scale = scale_of(s, control);
  if (control == ControlId::exponent) return view;
  if (scale.stops.empty())
    view.kind = ControlView::Kind::choice;
  else
    view.share = static_cast<float>(scale.share_of(value_of(s, control)));
  return view;
}

// Models that the page can be about, in the order of its steps; the first has no name.
std::vector<std::string> models_for(const Scenario& s, const SizesByName& sizes) {
  std::vector<std::string> names{""};
  for (const char* built_in : {"pocket", "story"})
    if (sizes(built_in)) names.emplace_back(built_in);
  if (s.page == scene::LabPage::machine) return names;
  for (const core::Preset& preset : core::presets())
    if (s.page == scene::LabPage::memory || core::has_closed_form(preset.cost))
      names.emplace_back(preset.name);
  return names;
}

int turned(int index, int by, int count) { return ((index + by % count) % count + count) % count; }

Scenario with_next_model(Scenario s, int by, const SizesByName& sizes) {
  const auto names = models_for(s, sizes);
  int index = 0;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == s.model) index = static_cast<int>(i);
  const std::string& next =
      names[static_cast<std::size_t>(turned(index, by, static_cast<int>(names.size())))];
  const auto found = next.empty() ? nullptr : sizes(next);
  s.model = found ? next : std::string();
  s.sizes = found ? *found : default_sizes();
  return s;
}

// Every way to show them but none.
Scenario with_next_ways(Scenario s, int by) {
  const int next = 1 + turned(chosen_of(s, ControlId::ways) - 1, by, 7);
  return with_chosen(std::move(s), ControlId::ways, next);
}

Scenario with_next_seed(Scenario s, int by) {
  s.seed += static_cast<std::uint64_t>(std::int64_t{by});  // wraps
  return s;
}

}  // namespace

std::vector<ControlView> controls_of(const Scenario& scenario, scene::Language language,
                                     int focused) {
  std::vector<ControlView> views;
  for (const ControlRow& row : rows_of(scenario)) {
    views.push_back(row.heading ? heading(*row.heading, language)
                                : control_view(scenario, language, row.id));
    views.back().focused = !row.heading && focused == static_cast<int>(row.id);
  }
  return views;
}

Scenario with_share(Scenario scenario, int control, double share) {
  const auto id = static_cast<ControlId>(control);
  if (!is_control(control) || !applies(scenario, id)) return scenario;
  const ControlScale scale = scale_of(scenario, id);
  if (scale.stops.empty()) return scenario;
  return with_value(std::move(scenario), id, scale.at(share));
}

Scenario stepped(Scenario scenario, int control, int by, const SizesByName& sizes) {
  const auto id = static_cast<ControlId>(control);
  if (!is_control(control) || !applies(scenario, id)) return scenario;
  if (id == ControlId::model) return with_next_model(std::move(scenario), by, sizes);
  if (id == ControlId::ways) return with_next_ways(std::move(scenario), by);
  if (id == ControlId::seed) return with_next_seed(std::move(scenario), by);
  if (const int count = option_count(scenario, id); count > 0) {
    const int next = turned(chosen_of(scenario, id), by, count);
    return with_chosen(std::move(scenario), id, next);
  }
  const ControlScale scale = scale_of(scenario, id);
  if (scale.stops.empty()) return scenario;
  const auto next = scale.stepped(value_of(scenario, id), by);
  return with_value(std::move(scenario), id, next);
}

Scenario with_option(Scenario scenario, int control, int option) {
  const auto id = static_cast<ControlId>(control);
  if (!is_control(control) || !applies(scenario, id)) return scenario;
  if (option < 0 || option >= option_count(scenario, id)) return scenario;
  if (id != ControlId::ways) return with_chosen(std::move(scenario), id, option);
  const int ways = chosen_of(scenario, id) ^ 1 << option;
  return ways == 0 ? scenario : with_chosen(std::move(scenario), id, ways);
}

}  // namespace kv::app
