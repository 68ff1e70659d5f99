// What a panel is given in a frame, and what it may ask for. A panel is a function over its own
// scratch: text being typed lives there, everything else in the state.
#pragma once

#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "app/logic/action.h"
#include "viz/gl/fonts.h"
#include "viz/scene/language.h"
#include "viz/scene/palette.h"

namespace kv::app {

// What only the shell can do.
namespace request {
struct SaveSession {
  std::string path;
};
struct OpenSession {
  std::string path;
};
struct SavePicture {
  std::string path;
};
}  // namespace request
using Request = std::variant<request::SaveSession, request::OpenSession, request::SavePicture>;

struct PanelFrame {
  const AppState& state;
  const scene::Palette& colors;
  const gl::Fonts& fonts;
  scene::Vec2 window;  // pixels
  bool first = false;  // the panel has just been opened
  // Enter was pressed. ImGui may miss a key that goes down and up within one slow frame.
  bool enter = false;
  std::vector<Action>& actions;
  std::vector<Request>& requests;

  // In whole pixels: panels are as tall as what is in them, to the pixel.
  float units(float count) const { return std::round(count * fonts.pixels_per_unit()); }
  std::string say(const scene::Phrase& phrase,
                  std::initializer_list<std::string_view> arguments = {}) const {
    return scene::say(phrase, state.view.language, arguments);
  }
};

enum class PanelFate { stays, closes };

}  // namespace kv::app
