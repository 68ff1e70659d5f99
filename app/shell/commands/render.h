// kvscope render: the window's picture, still or moving, without a display.
#pragma once

#include <optional>
#include <string>

#include "app/logic/session.h"

namespace kv::app {

struct RenderOptions {
  std::string out;
  // One of the three.
  std::optional<std::string> session;
  std::optional<std::string> place;     // explore, scenarios or costs
  std::optional<std::string> scenario;  // of the laboratory
  std::optional<double> guess;          // an exponent, on its page "draw"
  std::optional<std::string> lesson;  // an id, or a folder's path
  std::string beat = "1";             // its place from 1, or its id
  bool revealed = false;              // its question's answer is shown; of a place, too
  bool presenting = false;
  bool notes = false;

  std::optional<std::string> model, prompt, tokens;
  std::optional<int> step;         // the state after so many new tokens
  std::optional<int> layer, head;  // from 1
  std::optional<std::string> operation;
  std::optional<double> seconds;  // played on from there
  std::optional<scene::Pace> pace;
  bool heat = false, log_log = false;

  std::string size = "1920x1080";
  double scale = 1;
  scene::Language language = scene::Language::en;
  scene::Theme theme = scene::Theme::dark;
  bool high_contrast = false;
};

int render(const RenderOptions& options);

}  // namespace kv::app
