#include "tests/support/run_program.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

TEST(Run, ReturnsStatusAndBothStreams) {
  const RunResult result = run({"sh", "-c", "echo out; echo err >&2; exit 7"});
  EXPECT_EQ(result.status, 7);
  EXPECT_EQ(result.out, "out\n");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_FALSE(result.timed_out);
}

TEST(Run, FeedsStandardInput) {
  const std::string text(1 << 20, 'x');
  EXPECT_EQ(run({"cat"}, {.stdin_text = text}).out, text);
  EXPECT_EQ(run({"cat"}).out, "");
}

TEST(Run, PassesArgumentsAsTheyAre) {
  EXPECT_EQ(run({"printf", "%s|", "a b", "$HOME", "*", "\"'", ""}).out, "a b|$HOME|*|\"'||");
}

TEST(Run, SetsAndUnsetsTheEnvironment) {
  const RunResult result = run({"sh", "-c", "echo ${KV_SET-none} ${HOME-none}"},
                               {.env = {{"KV_SET", "a=b"}, {"HOME", std::nullopt}}});
  EXPECT_EQ(result.out, "a=b none\n");
}

TEST(Run, StartsInTheFolderItIsGiven) {
  const ScratchFolder folder("with space");
  const auto real = std::filesystem::canonical(folder.path());
  EXPECT_EQ(run({"pwd", "-P"}, {.cwd = folder.path()}).out, real.string() + "\n");
}

TEST(Run, EndsWhatRunsTooLong) {
  const RunResult result = run({"sh", "-c", "echo begun; sleep 1000 & wait"},
                               {.timeout = std::chrono::milliseconds(300)});
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.status, 128 + 9);
  EXPECT_EQ(result.out, "begun\n");
}

TEST(Run, SaysWhenThereIsNoSuchProgram) {
  const RunResult result = run({"kvscope-no-such-program"});
  EXPECT_EQ(result.status, 127);
  EXPECT_NE(result.err.find("kvscope-no-such-program"), std::string::npos);
}

TEST(ScratchFolder, IsEmptyThenGone) {
  std::filesystem::path path;
  {
    const ScratchFolder folder("with space \U0001F600");
    path = folder.path();
    EXPECT_TRUE(std::filesystem::is_empty(path));
    EXPECT_EQ(std::filesystem::file_size(folder.write("deep/er/file", "12345")), 5U);
    EXPECT_NE(path, ScratchFolder("with space \U0001F600").path());
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace kv::test
