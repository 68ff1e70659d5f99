#include "tests/support/golden.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace kv::test {
namespace {

namespace fs = std::filesystem;

bool approving() {
  const char* value = std::getenv("KVSCOPE_APPROVE");
  return value && std::string(value) == "1";
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

void expect_golden(const std::string& path, const std::string& found) {
  const fs::path at = fs::path(KVSCOPE_SOURCE_DIR) / "tests" / path;
  if (approving()) {
    fs::create_directories(at.parent_path());
    std::ofstream(at, std::ios::binary) << found;
    return;
  }
  ASSERT_TRUE(fs::exists(at)) << path << " is missing; look at the text and run tests/approve.sh";
  std::istringstream expected(read(at)), actual(found);
  std::string expected_line, actual_line;
  for (int line = 1;; ++line) {
    const bool more_expected = static_cast<bool>(std::getline(expected, expected_line));
    const bool more_found = static_cast<bool>(std::getline(actual, actual_line));
    if (!more_expected && !more_found) return;
    ASSERT_TRUE(more_expected && more_found && expected_line == actual_line)
        << path << ":" << line << "\nexpected: " << (more_expected ? expected_line : "(end)")
        << "\nfound:    " << (more_found ? actual_line : "(end)");
  }
}

}  // namespace kv::test
