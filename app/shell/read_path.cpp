#include "app/shell/read_path.h"

#include "app/shell/disk_folder.h"

namespace kv::app {

core::Result<std::string> read_path(const std::string& path, std::uint64_t limit) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return core::read_text(disk_folder(folder), name, limit);
}

}  // namespace kv::app
