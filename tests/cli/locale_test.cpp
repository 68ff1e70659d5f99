// Languages that write numbers with a comma, or i and I in their own way, change nothing.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Locales : public testing::Test {
 protected:
  // Made here, since few machines have them.
  void SetUp() override {
    for (const char* name : {"de_DE", "tr_TR"}) {
      const auto made = run({"localedef", "-i", name, "-f", "UTF-8",
                             (scratch_.path() / (std::string(name) + ".UTF-8")).string()});
      if (made.status != 0) GTEST_SKIP() << "locales are not installed: " << made.err;
    }
  }

  RunResult in(const std::string& locale, const std::vector<std::string>& line) {
    return run_program(
        line, {.env = {{"LC_ALL", locale}, {"LOCPATH", scratch_.path().string()}}});
  }

  void expect_the_same(const std::vector<std::string>& line, const fs::path& file = {}) {
    const RunResult expected = in("C", line);
    const std::string written = file.empty() ? "" : content_of(file);
    EXPECT_FALSE(expected.out.empty() && expected.err.empty() && written.empty());
    for (const char* locale : {"de_DE.UTF-8", "tr_TR.UTF-8"}) {
      const RunResult found = in(locale, line);
      EXPECT_EQ(found.status, expected.status) << locale << ": " << found.err;
      EXPECT_EQ(found.out, expected.out) << locale;
      EXPECT_EQ(found.err, expected.err) << locale;
      EXPECT_TRUE(file.empty() || content_of(file) == written) << locale << ": " << file;
    }
  }

  const ScratchFolder scratch_{"locales"};
};

// Else the other tests would pass whatever the program does.
TEST_F(Locales, AreThere) {
  const RunResult number =
      run({"bash", "-c", "printf %.2f 0,5"},
          {.env = {{"LC_ALL", "de_DE.UTF-8"}, {"LOCPATH", scratch_.path().string()}}});
  EXPECT_EQ(number.out, "0,50") << number.err;
}

TEST_F(Locales, ChangeNoNumberReadOrPrinted) {
  expect_the_same({"count", "--preset", "llama-3-8b", "--length", "100000", "--json"});
  expect_the_same({"count", "--model", "random:width=64", "--length", "1000"});
  expect_the_same({"tokenize", "--model", "story", "--text", "Iris TITLE \xC4\xB0 i\xC4\xB1"});
  expect_the_same({"list", "presets"});
  expect_the_same({"decode", "--model", "pocket", "--prompt", "a", "--steps", "3", "--temperature",
                   "0,5"});
}

TEST_F(Locales, ChangeNoFile) {
  const fs::path dump = scratch_.path() / "dump.json", exam = scratch_.path() / "exam.csv",
                 table = scratch_.path() / "costs.csv", picture = scratch_.path() / "explore.svg";
  expect_the_same({"exam", "--questions", "12", "--seed", "3", "--out", exam.string()}, exam);
  expect_the_same({"render", "--place", "costs", "--scenario", "model=llama-3-8b n=100000",
                   "--out", table.string()},
                  table);
  expect_the_same({"render", "--model", "pocket", "--size", "1280x720", "--out", picture.string()},
                  picture);
}

}  // namespace
}  // namespace kv::test
