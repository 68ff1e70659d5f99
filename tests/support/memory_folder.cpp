#include "tests/support/memory_folder.h"

#include <cstring>
#include <memory>
#include <utility>

namespace kv::test {

core::Folder memory_folder(Files files, std::string label) {
  const auto shared = std::make_shared<const Files>(std::move(files));
  core::Folder folder;
  folder.label = label;
  const auto path = [label](std::string_view name) {
    core::Folder named;
    named.label = label;
    return core::path_in(named, name);
  };
  folder.has = [shared](std::string_view name) { return shared->contains(std::string(name)); };
  folder.size = [shared, path](std::string_view name) -> core::Result<std::uint64_t> {
    const auto file = shared->find(std::string(name));
    if (file == shared->end())
      return core::input_error(path(name), "", "nothing", "a regular file");
    return std::uint64_t{file->second.size()};
  };
  folder.read = [shared, path](std::string_view name, std::uint64_t offset,
                               std::span<std::byte> out) -> core::Status {
    const auto file = shared->find(std::string(name));
    if (file == shared->end())
      return core::input_error(path(name), "", "nothing", "a regular file");
    const std::string& bytes = file->second;
    if (offset > bytes.size() || out.size() > bytes.size() - offset)
      return core::input_error(path(name), "", "its end", "more bytes");
    if (!out.empty()) std::memcpy(out.data(), bytes.data() + offset, out.size());
    return {};
  };
  return folder;
}

}  // namespace kv::test
