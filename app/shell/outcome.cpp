#include "app/shell/outcome.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "app/shell/text_table.h"

namespace kv::app {

int exit_code(core::ErrorKind kind) {
  switch (kind) {
    case core::ErrorKind::usage:
      return 2;
    case core::ErrorKind::machine:
      return 3;
    case core::ErrorKind::input:
      return 4;
    case core::ErrorKind::internal:
      break;
  }
  return 1;
}

int fail(const core::Error& error) {
  std::string message = error.message;
  std::ranges::replace(message, '\n', ' ');
  // A message may quote anything: bytes that are no text, then what a terminal would obey.
  const std::string line =
      "kvscope: " + printable_text(core::one_line(message, message.size())) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  return exit_code(error.kind);
}

int print(std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return exit_done;
  return fail({core::ErrorKind::internal,
               std::string("standard output: cannot write: ") + std::strerror(errno)});
}

}  // namespace kv::app
