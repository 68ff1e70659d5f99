#include "app/shell/xdg_folders.h"

#include <cstdlib>
#include <filesystem>

namespace kv::app {
namespace {

namespace fs = std::filesystem;

std::string folder(const char* variable, const char* below_home) {
  const char* own = std::getenv(variable);
  // The standard has relative paths ignored.
  if (own && own[0] == '/') return std::string(own) + "/kvscope";
  const char* home = std::getenv("HOME");
  if (!home || !*home) return {};
  return std::string(home) + "/" + below_home + "/kvscope";
}

}  // namespace

std::string config_folder() { return folder("XDG_CONFIG_HOME", ".config"); }
std::string data_folder() { return folder("XDG_DATA_HOME", ".local/share"); }

core::Status make_folder_for(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  if (parent.empty()) return {};
  std::error_code error;
  fs::create_directories(parent, error);
  if (!error) return {};
  return core::Error{core::ErrorKind::machine, core::quoted(parent.string(), 200) +
                                                   ": cannot make the folder: " + error.message()};
}

void set_aside(const std::string& path) {
  std::error_code ignored;
  std::filesystem::rename(path, path + ".unread", ignored);
}

}  // namespace kv::app
