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
// "Right", "Shift+Right", "Ctrl+Z".
std::string label_of(const Key& key);
// In lessons Enter answers a question, and opens nothing.
std::optional<std::variant<Command, ShellCommand>> command_of(const Key& key, bool in_lessons = false);

// What a click on a part asks of the shell (opening a panel); nothing where update() handles it.
std::optional<ShellCommand> shell_command_of(const scene::PartId& part);

}  // namespace kv::app
