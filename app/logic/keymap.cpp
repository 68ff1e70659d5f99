#include "app/logic/keymap.h"

#include <algorithm>
#include <array>

#include "app/logic/lab/controls.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lesson/teaching.h"

namespace kv::app {
namespace {

namespace words = scene::words;
using scene::PartKind;

constexpr Key key(std::string_view name) { return {name}; }
constexpr Key shift(std::string_view name) { return {name, true, false}; }
constexpr Key ctrl(std::string_view name, bool with_shift = false) {
  return {name, with_shift, true};
}

// In the order of the help page. A row without words is another key of the row before.
constexpr std::array table = {
    Binding{key("Right"), Command::next, &words::key_next},
    Binding{key("PageDown"), Command::next, nullptr},
    Binding{key("Left"), Command::back, &words::key_back},
    Binding{key("PageUp"), Command::back, nullptr},
    Binding{key("Space"), Command::play_or_pause, &words::key_play},
    Binding{key("N"), Command::next_token, &words::key_token},
    Binding{shift("Right"), Command::next_operation, &words::key_operation},
    Binding{shift("Left"), Command::previous_operation, &words::key_operation_back},
    Binding{key("Home"), Command::first, &words::key_first},
    Binding{key("End"), Command::last, &words::key_last},
    Binding{key("G"), Command::next_pace, &words::key_pace},
    Binding{key("-"), Command::slower, &words::key_slower},
    Binding{key("="), Command::faster, &words::key_faster},
    Binding{key("Up"), Command::layer_up, &words::key_layer_up},
    Binding{key("Down"), Command::layer_down, &words::key_layer_down},
    Binding{key("["), Command::head_previous, &words::key_head_previous},
    Binding{key("]"), Command::head_next, &words::key_head_next},
    Binding{key("C"), Command::toggle_heat, &words::key_heat},
    Binding{key("X"), Command::toggle_chart_scale, &words::key_chart},
    Binding{key("V"), Command::next_chart_part, &words::key_parts},
    Binding{key("Enter"), ShellCommand::edit_prompt, &words::key_prompt},
    Binding{key("M"), ShellCommand::open_model, &words::key_model},
    Binding{key("S"), ShellCommand::sampling, &words::key_sampling},
    Binding{key("R"), Command::reset, &words::key_reset},
    Binding{ctrl("Z"), Command::undo, &words::key_undo},
    Binding{ctrl("Z", true), Command::redo, &words::key_redo},
    Binding{ctrl("Y"), Command::redo, nullptr},
    Binding{ctrl("S"), ShellCommand::save_session, &words::key_save},
    Binding{ctrl("O"), ShellCommand::open_session, &words::key_open},
    Binding{ctrl("E"), ShellCommand::export_picture, &words::key_export},
    Binding{ctrl("C"), ShellCommand::copy_scenario, &words::key_copy},
    Binding{ctrl("V"), ShellCommand::paste_scenario, &words::key_paste},
    Binding{key("1"), Command::open_lessons, &words::key_lessons},
    Binding{key("2"), Command::open_explore, &words::key_explore},
    Binding{key("3"), Command::open_scenarios, &words::key_scenarios},
    Binding{key("4"), Command::open_costs, &words::key_costs},
    Binding{key("J"), Command::toggle_list, &words::key_list},
    Binding{key("D"), Command::toggle_lecture, &words::key_lecture},
    Binding{key("A"), Command::reveal, &words::key_reveal},
    Binding{key("U"), Command::toggle_votes, &words::key_votes},
    Binding{key("O"), Command::toggle_notes, &words::key_notes},
    Binding{key("F"), Command::toggle_fold, &words::key_fold},
    Binding{key("F5"), ShellCommand::present, &words::key_present},
    Binding{key("L"), Command::next_language, &words::key_language},
    Binding{key("T"), Command::next_theme, &words::key_theme},
    Binding{key("F11"), ShellCommand::fullscreen, &words::key_full},
    Binding{key("B"), Command::toggle_blank, &words::key_blank},
    Binding{key("."), Command::toggle_blank, nullptr},
    Binding{key("P"), Command::toggle_pointing, &words::key_pointer},
    Binding{ctrl("="), Command::bigger, &words::key_bigger},
    Binding{ctrl("-"), Command::smaller, &words::key_smaller},
    Binding{ctrl("0"), Command::default_size, &words::key_size},
    Binding{key("F2"), ShellCommand::settings, &words::key_settings},
    Binding{key("?"), Command::toggle_help, &words::key_help},
    Binding{key("H"), Command::toggle_help, nullptr},
    Binding{key("K"), Command::toggle_legend, &words::key_legend},
    Binding{key("Escape"), Command::escape, &words::key_escape},
    Binding{ctrl("Q"), ShellCommand::quit, &words::key_quit},
};

constexpr std::array<std::string_view, 12> stepping = {
    "Right", "Left", "Up", "Down", "PageDown", "PageUp", "N", "-", "=", "[", "]", "Z"};

struct PartCommand {
  PartKind kind;
  ShellCommand command;
};
constexpr std::array part_commands = {
    PartCommand{PartKind::prompt_button, ShellCommand::edit_prompt},
    PartCommand{PartKind::model_button, ShellCommand::open_model},
    PartCommand{PartKind::sampling_button, ShellCommand::sampling},
    PartCommand{PartKind::settings_button, ShellCommand::settings},
    PartCommand{PartKind::fullscreen_button, ShellCommand::fullscreen},
    PartCommand{PartKind::present_button, ShellCommand::present},
    PartCommand{PartKind::export_button, ShellCommand::export_answers},
    PartCommand{PartKind::scenario_text, ShellCommand::edit_scenario},
    PartCommand{PartKind::copy_button, ShellCommand::copy_scenario},
    PartCommand{PartKind::exam_button, ShellCommand::export_exam},
};

}  // namespace

std::span<const Binding> bindings() { return table; }

bool repeats(const Key& key) { return std::ranges::find(stepping, key.name) != stepping.end(); }

std::string label_of(const Key& key) {
  std::string label;
  if (key.ctrl) label += "Ctrl+";
  if (key.shift) label += "Shift+";
  if (key.name == "Right") return label + "\u2192";
  if (key.name == "Left") return label + "\u2190";
  if (key.name == "Up") return label + "\u2191";
  if (key.name == "Down") return label + "\u2193";
  if (key.name == "=") return label + "+";
  if (key.name == "-") return label + "\u2212";
  return label + std::string(key.name);
}

KeyPlace key_place(const AppState& state) {
  if (in_lessons(state)) return KeyPlace::questions;
  if (!in_lab(state)) return KeyPlace::explore;
  return lab_place(state).scenario.page == scene::LabPage::drill ? KeyPlace::questions
                                                                 : KeyPlace::laboratory;
}

std::optional<std::variant<Command, ShellCommand>> command_of(const Key& key, KeyPlace place) {
  if (key == Key{"Enter"} && place == KeyPlace::questions) return Command::answer;
  if (key == Key{"Enter"} && place == KeyPlace::laboratory) return ShellCommand::edit_scenario;
  for (const Binding& binding : table)
    if (binding.key == key) return binding.command;
  return {};
}

std::optional<ShellCommand> shell_command_of(const scene::PartId& part) {
  for (const PartCommand& entry : part_commands)
    if (entry.kind == part.kind) return entry.command;
  if (part.kind == PartKind::control_button && part.a == static_cast<int>(ControlId::exam))
    return ShellCommand::export_exam;
  return {};
}

}  // namespace kv::app
