#include "app/shell/session_store.h"

#include <algorithm>
#include <filesystem>

#include "app/shell/atomic_file.h"
#include "app/shell/read_path.h"
#include "app/shell/xdg_folders.h"

namespace kv::app {
namespace {

namespace fs = std::filesystem;

std::string kept_in(const char* name) {
  const std::string folder = data_folder();
  return folder.empty() ? std::string(name) : folder + "/" + name;
}

}  // namespace

std::string default_session_path() {
  return kept_in("sessions/session") + std::string(session_ending);
}

std::string default_picture_path() {
  std::error_code ignored;
  for (int n = 1; n < 10000; ++n) {
    std::string path = kept_in("pictures/kvscope-") + std::to_string(n) + ".png";
    if (!fs::exists(path, ignored)) return path;
  }
  return kept_in("pictures/kvscope.png");
}

std::string default_exam_stem(std::uint64_t seed, scene::Language language) {
  return kept_in("exams/exam-") + std::to_string(seed) + "-" + scene::code_of(language);
}

std::vector<std::string> kept_sessions() {
  struct Found {
    std::string path;
    fs::file_time_type written;
  };
  std::vector<Found> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(kept_in("sessions"), ignored))
    if (entry.path().string().ends_with(session_ending))
      found.push_back({entry.path().string(), entry.last_write_time(ignored)});
  std::ranges::sort(found, [](const Found& a, const Found& b) { return a.written > b.written; });
  std::vector<std::string> paths;
  for (Found& session : found) paths.push_back(std::move(session.path));
  return paths;
}

std::string session_path(std::string path) {
  if (!path.ends_with(".json")) path += session_ending;
  return path;
}

core::Status save_session(const std::string& path, const Session& session) {
  if (auto error = make_folder_for(path)) return error;
  return write_file(path, to_json(session));
}

core::Result<std::string> read_session_text(const std::string& path) {
  return read_path(path, std::uint64_t{16} << 20);
}

}  // namespace kv::app
