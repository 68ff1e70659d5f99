#include "core/files/folder.h"

namespace kv::core {

std::string path_in(const Folder& folder, std::string_view name) {
  std::string path = folder.label;
  if (!path.empty() && path.back() != '/') path += '/';
  return path.append(name);
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || name.size() > 255 || name == "." || name == "..") return false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || c == '/' || c == '\\') return false;
  }
  return true;
}

Result<std::string> read_text(const Folder& folder, std::string_view name, std::uint64_t limit) {
  const auto size = folder.size(name);
  if (!size) return size.error();
  if (*size > limit)
    return input_error(path_in(folder, name), "size", std::to_string(*size) + " bytes",
                       "at most " + std::to_string(limit));
  std::string text(static_cast<std::size_t>(*size), '\0');
  if (auto error = folder.read(name, 0, std::as_writable_bytes(std::span(text)))) return *error;
  return text;
}

}  // namespace kv::core
