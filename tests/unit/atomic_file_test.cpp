// What is kept is either what was there or what was written, whenever and however it ends.
#include "app/shell/atomic_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/base/random.h"
#include "core/base/stopwatch.h"
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
  const core::Stopwatch watch;
  ASSERT_FALSE(app::write_file(path, after));
  ASSERT_FALSE(app::write_file(path, before));
  // Over about as long as four saves take, however busy the machine.
  const auto moments = static_cast<std::uint64_t>(2e6 * watch.seconds()) + 4000;  // microseconds
  int seen_before = 0, seen_after = 0, in_the_middle = 0;
  for (int i = 0; i < kills(); ++i) {
    int begun[2] = {-1, -1};
    ASSERT_EQ(pipe(begun), 0);
    const pid_t child = in_child([&] {
      if (write(begun[1], "x", 1) != 1) return 1;
      // Where one save takes longer than until the kill, both still come about.
      for (bool turn = i % 2 == 0;; turn = !turn)
        if (app::write_file(path, turn ? before : after)) return 1;
    });
    ASSERT_GT(child, 0);
    char byte = 0;
    EXPECT_EQ(read(begun[0], &byte, 1), 1);
    close(begun[0]), close(begun[1]);
    usleep(static_cast<useconds_t>(core::random_bits(7, static_cast<std::uint64_t>(i)) % moments));
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

TEST(AtomicFile, WritesToWhatALinkLeadsTo) {
  const ScratchFolder scratch("links");
  const fs::path folder = scratch.path() / "kept";
  fs::create_directory(folder);
  // One leads to a file, over another link; one to a file that is yet to be made.
  scratch.write("kept/old.json", "old");
  fs::create_symlink("kept/old.json", scratch.path() / "near");
  fs::create_symlink(scratch.path() / "near", folder / "far");
  fs::create_symlink("kept/new.json", scratch.path() / "dangling");
  EXPECT_FALSE(app::write_file(folder / "far", "text"));
  EXPECT_FALSE(app::write_file(scratch.path() / "dangling", "fresh"));
  EXPECT_EQ(content_of(folder / "old.json"), "text");
  EXPECT_EQ(content_of(folder / "new.json"), "fresh");
  for (const fs::path& link :
       {scratch.path() / "near", folder / "far", scratch.path() / "dangling"})
    EXPECT_TRUE(fs::is_symlink(link)) << link;
  EXPECT_EQ(files_in(folder), 3U);
}

TEST(AtomicFile, LinksInACircleAreRefused) {
  const ScratchFolder scratch("circle");
  fs::create_symlink("b", scratch.path() / "a");
  fs::create_symlink("a", scratch.path() / "b");
  const auto error = app::write_file(scratch.path() / "a", "text");
  ASSERT_TRUE(error);
  EXPECT_NE(error->message.find("cannot write"), std::string::npos);
  EXPECT_EQ(files_in(scratch.path()), 2U);
}

TEST(AtomicFile, PipesAndDevicesAreWrittenInto) {
  const ScratchFolder scratch("pipe");
  const fs::path pipe = scratch.path() / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = open(pipe.c_str(), O_RDWR | O_CLOEXEC);  // so that neither end waits
  ASSERT_GE(reader, 0);
  EXPECT_FALSE(app::write_file(pipe, "text"));
  std::string found(4, ' ');
  EXPECT_EQ(read(reader, found.data(), found.size()), 4);
  close(reader);
  EXPECT_EQ(found, "text");
  EXPECT_TRUE(fs::is_fifo(pipe));
  EXPECT_EQ(files_in(scratch.path()), 1U);
  EXPECT_FALSE(app::write_file("/dev/null", "text"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_TRUE(app::write_file("/dev/full", "text"));
}

// /dev/stdout of a program whose output is kept in a file; what is printed next follows it.
TEST(AtomicFile, AnOpenDescriptorIsWrittenOn) {
  const ScratchFolder scratch("descriptor");
  const fs::path path = scratch.write("out", "");
  const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_GE(file, 0);
  fs::create_symlink("/proc/self/fd/" + std::to_string(file), scratch.path() / "stdout");
  EXPECT_FALSE(app::write_file(scratch.path() / "stdout", "one "));
  EXPECT_FALSE(app::write_file("/dev/fd/" + std::to_string(file), "two "));
  EXPECT_EQ(write(file, "three", 5), 5);
  close(file);
  EXPECT_EQ(content_of(path), "one two three");
}

TEST(AtomicFile, AFileKeepsItsPermissions) {
  const ScratchFolder scratch("permissions");
  const fs::path path = scratch.write("secret.json", "old");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(app::write_file(path, "text"));
  EXPECT_EQ(content_of(path), "text");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(AtomicFile, ANameMayBeAsLongAsNamesCanBe) {
  const ScratchFolder scratch("long");
  const fs::path path = scratch.path() / std::string(255, 'n');
  EXPECT_FALSE(app::write_file(path, "text"));
  EXPECT_EQ(content_of(path), "text");
  EXPECT_TRUE(app::write_file(scratch.path() / std::string(256, 'n'), "text"));
  EXPECT_EQ(files_in(scratch.path()), 1U);
}

TEST(AtomicFile, AFolderIsRefused) {
  const ScratchFolder scratch("folder");
  EXPECT_TRUE(app::write_file(scratch.path(), "text"));
  EXPECT_EQ(files_in(scratch.path()), 0U);
}

}  // namespace
}  // namespace kv::test
