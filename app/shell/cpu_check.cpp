// Runs before every other constructor and before main(): nothing built for a newer processor has
// been executed yet. Built for the plainest processor, as cpu_features.cpp is.
#include <unistd.h>

#include "core/base/cpu_features.h"

// In cpu_built_for.cpp, the one file here that is compiled as the rest of the program is.
extern const kv::core::CpuFeatureSet kvscope_built_for;

namespace {

// The lowest number a program may choose, and so the first to run.
__attribute__((constructor(101))) void check_processor() {
  char line[512];
  const size_t size = kv::core::missing_cpu_message(
      kvscope_built_for, kv::core::present_cpu_features(), line, sizeof line);
  if (size == 0) return;
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line, size);
  _exit(3);
}

}  // namespace
