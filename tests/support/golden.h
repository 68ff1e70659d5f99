// Text a person has approved, beside the test that makes it. tests/approve.sh is the only thing
// that changes one.
#pragma once

#include <string>

namespace kv::test {

// Fails the test, with both lines, at the first difference between `found` and the file at `path`
// (relative to the tests folder). Under tests/approve.sh writes `found` there instead.
void expect_golden(const std::string& path, const std::string& found);

}  // namespace kv::test
