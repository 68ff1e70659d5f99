// What a learner keeps: sessions (.kvscope.json) and settings, as text. Files are the shell's.
#pragma once

#include <string>

#include "app/logic/state.h"
#include "core/base/error.h"

namespace kv::app {

inline constexpr int session_version = 1;

struct Session {
  std::string model = {};
  std::string prompt = {};  // as typed, "" when tokens were given
  std::vector<core::Token> prompt_tokens = {};
  core::Sampling sampling = {};
  int steps = 0;
  std::vector<std::pair<int, core::Token>> forced = {};  // step from 0, token
  scene::Moment moment = {};
  scene::Pace pace = scene::Pace::token;
  int layer = 0, head = 0;
  bool heat = false;
  scene::ChartView chart = {};
  std::string lesson = {}, beat = {};  // ids; empty outside of lessons
  bool operator==(const Session&) const = default;
};

Session session_of(const AppState& state);
std::string to_json(const Session& session);
// Input errors name file (`label`), field, found, expected; a newer version is refused as such.
core::Result<Session> parse_session(std::string_view text, const std::string& label);

std::string to_json(const Settings& settings);
core::Result<Settings> parse_settings(std::string_view text, const std::string& label);

}  // namespace kv::app
