// Session files: where they go, and writing and reading them whole.
#pragma once

#include <string>
#include <vector>

#include "app/logic/session.h"

namespace kv::app {

inline constexpr const char* session_ending = ".kvscope.json";

// In the data folder, or beside the program's user when there is none.
std::string default_session_path();
std::string default_picture_path();  // kvscope-N.png, the first that is free
// exam-SEED-LANG, without an ending: the same exam whenever it is written.
std::string default_exam_stem(std::uint64_t seed, scene::Language language);

// The sessions in the data folder, the latest first.
std::vector<std::string> kept_sessions();

// `path` with the ending of sessions where it has none.
std::string session_path(std::string path);

core::Status save_session(const std::string& path, const Session& session);
core::Result<std::string> read_session_text(const std::string& path);

}  // namespace kv::app
