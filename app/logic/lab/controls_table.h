// Which controls a page has, and what stands in their rows.
#pragma once

#include "app/logic/lab/controls.h"

namespace kv::app {

// One row of the pane: a control, or the heading of those that follow.
struct ControlRow {
  const scene::Phrase* heading = nullptr;
  ControlId id = ControlId::model;
};
std::vector<ControlRow> rows_of(const scene::Scenario& scenario);

// What stands at the right of a slider or of a row that is stepped through.
std::string value_text(const scene::Scenario& scenario, scene::Language language,
                       ControlId control);
std::vector<std::string> options_of(const scene::Scenario& scenario, scene::Language language,
                                    ControlId control);
// Why a control does not apply, or what goes without saying of its value; mostly empty.
std::string note_of(const scene::Scenario& scenario, scene::Language language, ControlId control);

}  // namespace kv::app
