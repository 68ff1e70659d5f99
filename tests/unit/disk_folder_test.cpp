#include "app/shell/disk_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "core/base/utf8.h"
#include "core/model/load_model.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/tiny_models.h"

namespace kv::app {
namespace {

namespace fs = std::filesystem;
using test::ScratchFolder;

std::string size_error(const core::Folder& folder, std::string_view name) {
  const auto size = folder.size(name);
  if (size) return "no error";
  EXPECT_EQ(size.error().kind, core::ErrorKind::input);
  return size.error().message;
}

std::string read_all(const core::Folder& folder, std::string_view name) {
  const auto text = core::read_text(folder, name, 1 << 20);
  return text ? *text : text.error().message;
}

TEST(DiskFolder, ReadsRanges) {
  const ScratchFolder scratch;
  scratch.write("a", "0123456789");
  const core::Folder folder = disk_folder(scratch.path().string());
  EXPECT_EQ(folder.label, scratch.path().string());
  EXPECT_TRUE(folder.has("a"));
  ASSERT_TRUE(folder.size("a"));
  EXPECT_EQ(*folder.size("a"), 10u);
  std::string part(4, ' ');
  EXPECT_FALSE(folder.read("a", 3, std::as_writable_bytes(std::span(part))));
  EXPECT_EQ(part, "3456");
  EXPECT_EQ(read_all(folder, "a"), "0123456789");
  EXPECT_TRUE(folder.read("a", 7, std::as_writable_bytes(std::span(part))));
  EXPECT_TRUE(folder.read("a", UINT64_MAX - 1, std::as_writable_bytes(std::span(part))));
}

TEST(DiskFolder, NamesWhatIsNoRegularFile) {
  const ScratchFolder scratch;
  const std::string path = scratch.path().string();
  fs::create_directory(scratch.path() / "folder");
  fs::create_symlink("nowhere", scratch.path() / "dangling");
  fs::create_symlink("circle", scratch.path() / "circle");
  ASSERT_EQ(::mkfifo((scratch.path() / "pipe").c_str(), 0600), 0);
  const core::Folder folder = disk_folder(path);
  const auto expected = [&](const char* name, const char* found, bool there = true) {
    EXPECT_EQ(folder.has(name), there) << name;
    EXPECT_EQ(size_error(folder, name),
              path + "/" + name + ": found " + found + ", expected a regular file");
  };
  expected("missing", "nothing", false);
  expected("dangling", "nothing");
  expected("folder", "a directory");
  expected("circle", "a circle of symbolic links");
  expected("pipe", "a pipe");  // and does not wait for a writer
  EXPECT_NE(size_error(disk_folder("/dev"), "null").find("found a device"), std::string::npos);
}

TEST(DiskFolder, FollowsSymbolicLinks) {
  const ScratchFolder scratch;
  scratch.write("blobs/1234", "content");
  fs::create_directory(scratch.path() / "snapshot");
  fs::create_symlink("../blobs/1234", scratch.path() / "snapshot" / "a");
  const core::Folder folder = disk_folder((scratch.path() / "snapshot").string());
  EXPECT_TRUE(folder.has("a"));
  EXPECT_EQ(read_all(folder, "a"), "content");
}

TEST(DiskFolder, FolderItselfMayBeWrong) {
  const ScratchFolder scratch;
  const fs::path file = scratch.write("file", "x");
  EXPECT_EQ(size_error(disk_folder(file.string()), "a"),
            file.string() + ": found a file, expected a folder");
  const std::string gone = (scratch.path() / "gone").string();
  EXPECT_EQ(size_error(disk_folder(gone), "a"), gone + ": found nothing, expected a folder");
}

TEST(DiskFolder, RefusesPathsAsNames) {
  const ScratchFolder scratch;
  scratch.write("a", "x");
  fs::create_directory(scratch.path() / "inner");
  const core::Folder folder = disk_folder((scratch.path() / "inner").string());
  for (const char* name : {"../a", "..", ".", "", "/etc/passwd", "x/../../a"}) {
    EXPECT_FALSE(folder.has(name));
    EXPECT_NE(size_error(folder, name).find("expected a plain file name"), std::string::npos);
  }
}

TEST(DiskFolder, AnyNameOfAFolder) {
  for (const std::string name : {"with space", "\u043C\u043E\u0434\u0435\u043B\u044C \U0001F600",
                                 "bytes \xFF\xFE", "line\nbreak"}) {
    const ScratchFolder scratch;
    const fs::path path = scratch.path() / name;
    fs::create_directory(path);
    for (const auto& [file, content] : test::model_files(test::tiny_llama()))
      scratch.write(path / file, content);
    const core::Folder folder = disk_folder(path.string());
    EXPECT_EQ(core::find_invalid_utf8(folder.label), std::string::npos);
    EXPECT_EQ(folder.label.find('\n'), std::string::npos);
    EXPECT_TRUE(core::load_model(folder, {})) << name;
  }
  EXPECT_TRUE(disk_folder("a\xFF\n").label == "a\\xff\\x0a");
}

TEST(DiskFolder, FileCutShortWhileOpen) {
  const ScratchFolder scratch;
  const fs::path path = scratch.write("a", "0123456789");
  const core::Folder folder = disk_folder(scratch.path().string());
  ASSERT_TRUE(folder.size("a"));
  fs::resize_file(path, 4);
  std::string all(10, ' ');
  const auto error = folder.read("a", 0, std::as_writable_bytes(std::span(all)));
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message,
            path.string() +
                ": found its end at byte 4, expected 6 bytes more (was it cut short "
                "while being read?)");
}

TEST(DiskFolder, ReadsOnFromTheFileWhoseSizeWasAsked) {
  const ScratchFolder scratch;
  scratch.write("a", "old!");
  const core::Folder folder = disk_folder(scratch.path().string());
  ASSERT_TRUE(folder.size("a"));
  scratch.write("b", "newer");
  fs::rename(scratch.path() / "b", scratch.path() / "a");
  std::string text(4, ' ');
  EXPECT_FALSE(folder.read("a", 0, std::as_writable_bytes(std::span(text))));
  EXPECT_EQ(text, "old!");
  EXPECT_EQ(read_all(folder, "a"), "newer");
}

TEST(DiskFolder, ClosesWhatItOpened) {
  const auto open_files = [] {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
  };
  const ScratchFolder scratch;
  for (int i = 0; i < 200; ++i) scratch.write(std::to_string(i), "x");
  const auto before = open_files();
  {
    const core::Folder folder = disk_folder(scratch.path().string());
    for (int i = 0; i < 200; ++i) EXPECT_EQ(read_all(folder, std::to_string(i)), "x");
    EXPECT_LE(open_files(), before + 64);
    EXPECT_GT(open_files(), before);
  }
  EXPECT_EQ(open_files(), before);
}

}  // namespace
}  // namespace kv::app
