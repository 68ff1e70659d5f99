#include "tests/architecture/tree_rules.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

// Sources and data written by hand; fixtures hold vocabularies, where any word may stand.
std::vector<SourceFile> written_files() {
  auto paths = list_files(KVSCOPE_SOURCE_DIR, Listing::present);
  std::erase_if(paths, [](const std::string& path) {
    return path.starts_with("tests/fixtures/models/") || path.starts_with("assets/");
  });
  return read_files(KVSCOPE_SOURCE_DIR, paths,
                    {".h", ".cpp", ".sh", ".py", ".cmake", ".txt", ".md", ".glsl", ".json"});
}

TEST(TreeRules, HoldForTheTopLevel) {
  const auto complaints = top_level_complaints(list_files(KVSCOPE_SOURCE_DIR, Listing::tracked));
  EXPECT_TRUE(complaints.empty()) << joined(complaints);
}

TEST(TreeRules, HoldForEveryFile) {
  const auto files = written_files();
  ASSERT_GT(files.size(), 50U);
  for (const SourceFile& file : files) {
    const auto marks = mark_complaints(file);
    EXPECT_TRUE(marks.empty()) << joined(marks);
    if (!file.path.ends_with(".h") && !file.path.ends_with(".cpp")) continue;
    const auto lengths = length_complaints(file);
    EXPECT_TRUE(lengths.empty()) << joined(lengths);
  }
}

TEST(TreeRules, KnowTheTopLevel) {
  EXPECT_TRUE(top_level_complaints({"CMakeLists.txt", "README.md", "LICENSE", "app/run.sh",
                                    "core/a.h", "viz/a", "shaders/a", "assets/a", "lessons/a",
                                    "tests/a", ".ci/run", ".gitignore"})
                  .empty());
  EXPECT_EQ(top_level_complaints({"docs/a.md", "docs/b.md", "Makefile"}).size(), 2U);
  EXPECT_EQ(top_level_complaints({"core.txt"}).size(), 1U);
}

TEST(TreeRules, CountLines) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "line\n";
  EXPECT_TRUE(length_complaints({"a.h", text}).empty());
  EXPECT_EQ(length_complaints({"a.h", text + "one more\n"}).size(), 1U);
}

TEST(TreeRules, FindUnfinishedWork) {
  const std::string mark = std::string("TO") + "DO";
  EXPECT_EQ(mark_complaints({"a.h", "\n// " + mark + ": later\n"}),
            std::vector<std::string>{"a.h:2: " + mark});
  EXPECT_EQ(mark_complaints({"a.h", std::string("# FIX") + "ME"}).size(), 1U);
  EXPECT_EQ(mark_complaints({"a.h", std::string("XX") + "X"}).size(), 1U);
  EXPECT_TRUE(mark_complaints({"a.h", "mkdtemp(name.XXXXXX) todo xxx\n"}).empty());
}

TEST(ListFiles, LeavesOutBuildAndCachesWithoutGit) {
  const ScratchFolder folder;
  for (const char* name : {"core/a.h", "build/b.h", "core/build/c.h", "core/__pycache__/d.h"}) {
    folder.write(name, "text");
  }
  const std::vector<std::string> expected{"core/a.h", "core/build/c.h"};
  EXPECT_EQ(list_files(folder.path(), Listing::tracked), expected);
  EXPECT_EQ(list_files(folder.path(), Listing::present), expected);
}

}  // namespace
}  // namespace kv::test
