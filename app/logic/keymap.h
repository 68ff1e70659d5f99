// Keys as data: what each does, for the window, the menu and the help page alike.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/logic/action.h"
#include "viz/scene/language.h"

namespace kv::app {

// Keys by name, independent of any library; letters mean the key that types them.
struct Key {
  std::string_view name;  // "Right", "PageDown", "Space", "N", "F11", "?", "[", "+" ...
  bool shift = false;
  bool ctrl = false;
  bool operator==(const Key&) const = default;
};

// What the shell does itself: panels, files, the window.
enum class ShellCommand {
  fullscreen,
  save_session,
  open_session,
  export_picture,
  edit_prompt,
  edit_scenario,
  copy_scenario,
  paste_scenario,
  export_exam,
  open_model,
  sampling,
  settings,
  present,         // a lesson's picture over the full screen; in Explore, the full screen
  export_answers,  // a learner's, as CSV
  quit
};

struct Binding {
  Key key;
  std::variant<Command, ShellCommand> command;
  const scene::Phrase* what;  // for the help page; null: an alias of the one before
};
std::span<const Binding> bindings();
// Whether it acts again and again while it is held down: keys that step do, the others act once.
bool repeats(const Key& key);
// "Right", "Shift+Right", "Ctrl+Z".
std::string label_of(const Key& key);
// Where a key means something of its own: Enter answers a question where one is asked, and edits
// the scenario elsewhere in the laboratory.
enum class KeyPlace { explore, questions, laboratory };
KeyPlace key_place(const AppState& state);
std::optional<std::variant<Command, ShellCommand>> command_of(const Key& key,
                                                              KeyPlace place = KeyPlace::explore);

// What a click on a part asks of the shell (opening a panel); nothing where update() handles it.
std::optional<ShellCommand> shell_command_of(const scene::PartId& part);

}  // namespace kv::app
