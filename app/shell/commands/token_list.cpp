#include "app/shell/commands/token_list.h"

#include <charconv>
#include <limits>

namespace kv::app {

core::Result<std::vector<std::int64_t>> parse_number_list(std::string_view text,
                                                          std::string_view what, std::int64_t least,
                                                          std::int64_t most) {
  std::vector<std::int64_t> numbers;
  for (;;) {
    const auto comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    std::int64_t number = 0;
    const auto end = std::from_chars(part.data(), part.data() + part.size(), number);
    if (end.ec != std::errc() || end.ptr != part.data() + part.size() || number < least ||
        number > most)
      return core::Error{core::ErrorKind::usage,
                         std::string(what) + ": found " + core::quoted(part) +
                             ", expected whole numbers from " + std::to_string(least) + " to " +
                             std::to_string(most) + " with commas between"};
    numbers.push_back(number);
    if (comma == std::string_view::npos) return numbers;
    text.remove_prefix(comma + 1);
  }
}

core::Result<std::vector<core::Token>> parse_token_list(std::string_view text) {
  const auto numbers =
      parse_number_list(text, "--tokens", 0, std::numeric_limits<core::Token>::max());
  if (!numbers) return numbers.error();
  return std::vector<core::Token>(numbers->begin(), numbers->end());
}

}  // namespace kv::app
