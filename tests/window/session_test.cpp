// The real window, driven by keys and clicks on a screen of its own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;

bool installed(const char* program) {
  return run({"bash", "-c", std::string("command -v ") + program}).status == 0;
}

// The pictures are kept where KVSCOPE_SHOTS says, else gone with the test.
void drive(const std::string& script) {
  for (const char* program : {"Xvfb", "openbox", "xdotool", "import"})
    if (!installed(program)) GTEST_SKIP() << program << " is not installed";
  const ScratchFolder scratch("kvscope window");
  const char* kept = std::getenv("KVSCOPE_SHOTS");
  const fs::path folder = (kept ? fs::path(kept) : scratch.path()) / script;
  const RunResult result = run({"bash", std::string(KVSCOPE_SOURCE_DIR) + "/tests/window/" + script,
                                KVSCOPE_PROGRAM, folder.string()},
                               {.timeout = std::chrono::minutes(10)});
  EXPECT_FALSE(result.timed_out);
  EXPECT_EQ(result.status, 0) << result.out << result.err;
}

TEST(Window, AWholeSession) { drive("drive.sh"); }
TEST(Window, LessonEightWithTheKeyboardAlone) { drive("lesson.sh"); }
TEST(Window, ScenariosExecutedDrawnAndAnswered) { drive("lab.sh"); }
TEST(Window, CostsMeasuredAndExploreAsItWasLeft) { drive("costs.sh"); }

}  // namespace
}  // namespace kv::test
