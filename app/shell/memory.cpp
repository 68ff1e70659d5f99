#include "app/shell/memory.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>

namespace kv::app {
namespace {

// The number after `key` in a file of "key number" lines, or the file's first number when the key
// is empty. UINT64_MAX when there is none ("max" in a control group).
std::uint64_t number_in(const char* path, std::string_view key) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (!line.starts_with(key)) continue;
    const auto digits = line.find_first_of("0123456789", key.size());
    std::uint64_t number = 0;
    if (digits == std::string::npos) return UINT64_MAX;
    std::from_chars(line.data() + digits, line.data() + line.size(), number);
    return number;
  }
  return UINT64_MAX;
}

}  // namespace

std::uint64_t available_memory_bytes() {
  const std::uint64_t kilobytes = number_in("/proc/meminfo", "MemAvailable:");
  const std::uint64_t system = kilobytes == UINT64_MAX ? UINT64_MAX : kilobytes * 1024;
  const std::uint64_t limit = number_in("/sys/fs/cgroup/memory.max", "");
  const std::uint64_t used = number_in("/sys/fs/cgroup/memory.current", "");
  if (limit == UINT64_MAX || used == UINT64_MAX) return system;
  return std::min(system, limit > used ? limit - used : 0);
}

}  // namespace kv::app
