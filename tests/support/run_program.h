// Runs a program as a user's shell would, but without a shell, and says what came of it.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kv::test {

struct RunOptions {
  std::string stdin_text = {};
  // Set on top of the test's own environment; one without a value is taken away.
  std::map<std::string, std::optional<std::string>> env = {};
  // The test's own when empty.
  std::filesystem::path cwd = {};
  std::chrono::milliseconds timeout{60'000};
};

struct RunResult {
  // Exit status; 128 + n when signal n ended it, as shells count; 127 when it could not be started.
  int status = 0;
  // It ran past the timeout and was killed.
  bool timed_out = false;
  std::string out;
  std::string err;
};

// argv[0] is looked up in PATH when it has no slash.
RunResult run(const std::vector<std::string>& argv, const RunOptions& options = {});

// kvscope itself, as this build made it.
RunResult run_program(const std::vector<std::string>& args, const RunOptions& options = {});

}  // namespace kv::test
