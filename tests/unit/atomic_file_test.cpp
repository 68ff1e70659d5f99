// What is kept is either what was there or what was written, whenever and however it ends.
#include "app/shell/atomic_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/base/random.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

int kills() {
  const char* shortened = std::getenv("KVSCOPE_SHORT");
  return shortened && *shortened && *shortened != '0' ? 100 : 1000;
}

// In a process of its own, of which nothing but its end comes back.
template <class Job>
pid_t in_child(Job&& job) {
  const pid_t child = fork();
  if (child == 0) _exit(job());
  return child;
}

TEST(AtomicFile, SurvivesAKillAtAnyMoment) {
  const ScratchFolder scratch("kills");
  const fs::path folder = scratch.path() / "kept", path = folder / "session.json";
  fs::create_directory(folder);
  const std::string before(200'000, 'a'), after(150'001, 'b');
  ASSERT_FALSE(app::write_file(path, before));
  int seen_before = 0, seen_after = 0, in_the_middle = 0;
  for (int i = 0; i < kills(); ++i) {
    const pid_t child = in_child([&] {
      for (bool turn = false;; turn = !turn)
        if (app::write_file(path, turn ? before : after)) return 1;
    });
    ASSERT_GT(child, 0);
    usleep(static_cast<useconds_t>(core::random_bits(7, static_cast<std::uint64_t>(i)) % 4000));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it could not save";
    const std::string found = content_of(path);
    ASSERT_TRUE(found == before || found == after) << i << ": " << found.size() << " bytes";
    ++(found == before ? seen_before : seen_after);
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path() != path) ++in_the_middle, fs::remove(entry.path());
  }
  // The kills came at different moments, and not only between two saves.
  EXPECT_GT(seen_before, 0);
  EXPECT_GT(seen_after, 0);
  EXPECT_GT(in_the_middle, kills() / 20);
}

// A limit on a file's size stands for a disk that is full: writing ends in its middle.
TEST(AtomicFile, ADiskThatIsFullLosesNothing) {
  const ScratchFolder scratch("full");
  const fs::path path = scratch.path() / "session.json";
  ASSERT_FALSE(app::write_file(path, "what was there"));
  const pid_t child = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    const auto error = app::write_file(path, std::string(100'000, 'x'));
    return error && error->kind == core::ErrorKind::machine &&
                   error->message.find("cannot write") != std::string::npos &&
                   error->message.find('\n') == std::string::npos
               ? 0
               : 1;
  });
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(content_of(path), "what was there");
  EXPECT_EQ(files_in(scratch.path()), 1U);
}

TEST(AtomicFile, AFolderThatCannotBeWrittenIsSaid) {
  const auto error = app::write_file("/proc/kvscope.json", "text");  // read-only for everybody
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, core::ErrorKind::machine);
  EXPECT_NE(error->message.find("/proc/kvscope.json"), std::string::npos);
}

}  // namespace
}  // namespace kv::test
