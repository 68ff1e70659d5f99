#include "app/shell/settings_store.h"

#include <filesystem>

#include "app/shell/atomic_file.h"
#include "app/shell/read_path.h"
#include "app/shell/xdg_folders.h"

namespace kv::app {

std::string settings_path() {
  const std::string folder = config_folder();
  return folder.empty() ? folder : folder + "/settings.json";
}

core::Result<Settings> load_settings() {
  const std::string path = settings_path();
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return Settings{};
  const auto text = read_path(path, std::uint64_t{1} << 20);
  if (!text) return text.error();
  return parse_settings(*text, path);
}

core::Status save_settings(const Settings& settings) {
  const std::string path = settings_path();
  if (path.empty())
    return core::Error{core::ErrorKind::machine,
                       "settings: there is no home folder to keep them in"};
  if (auto error = make_folder_for(path)) return error;
  return write_file(path, to_json(settings));
}

}  // namespace kv::app
