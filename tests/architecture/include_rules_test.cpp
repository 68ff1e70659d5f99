#include "tests/architecture/include_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace kv::test {
namespace {

bool allowed(const std::string& path, const std::string& include) {
  return include_complaints({path, "#include " + include + "\n"}).empty();
}

TEST(IncludeRules, HoldForThisCheckout) {
  const auto paths = list_files(KVSCOPE_SOURCE_DIR, Listing::present);
  const auto files = read_files(KVSCOPE_SOURCE_DIR, paths, {".h", ".cpp"});
  ASSERT_GT(files.size(), 50U);
  std::size_t includes = 0;
  for (const SourceFile& file : files) {
    includes += find_includes(file.text).size();
    const auto complaints = include_complaints(file);
    EXPECT_TRUE(complaints.empty()) << joined(complaints);
  }
  EXPECT_GT(includes, 200U);
}

TEST(IncludeRules, FindEveryInclude) {
  const auto includes = find_includes(
      "// #include <no>\n#include <a>\n  #  include \"core/b.h\"\nint include;\n#include<c/d.h> // "
      "e");
  ASSERT_EQ(includes.size(), 3U);
  EXPECT_EQ(includes[0].name, "a");
  EXPECT_EQ(includes[0].line, 2);
  EXPECT_FALSE(includes[0].quoted);
  EXPECT_EQ(includes[1].name, "core/b.h");
  EXPECT_TRUE(includes[1].quoted);
  EXPECT_EQ(includes[2].name, "c/d.h");
}

TEST(IncludeRules, NameTheFileTheLineAndTheReason) {
  EXPECT_EQ(include_complaints({"core/a.h", "\n#include \"app/shell/b.h\"\n"}),
            std::vector<std::string>{
                "core/a.h:2: includes app/shell/b.h: points the wrong way between layers"});
}

TEST(IncludeRules, LetLayersIncludeOnlyWhatIsBelow) {
  EXPECT_TRUE(allowed("core/a.cpp", "\"core/b.h\""));
  EXPECT_FALSE(allowed("core/a.cpp", "\"viz/scene/b.h\""));
  EXPECT_FALSE(allowed("core/a.cpp", "\"app/logic/b.h\""));
  EXPECT_FALSE(allowed("core/a.cpp", "\"tests/support/b.h\""));
  EXPECT_TRUE(allowed("viz/scene/a.cpp", "\"core/b.h\""));
  EXPECT_FALSE(allowed("viz/scene/a.cpp", "\"viz/gl/b.h\""));
  EXPECT_FALSE(allowed("viz/scene/a.cpp", "\"app/logic/b.h\""));
  EXPECT_TRUE(allowed("viz/gl/a.cpp", "\"viz/scene/b.h\""));
  EXPECT_FALSE(allowed("viz/gl/a.cpp", "\"app/shell/b.h\""));
  EXPECT_TRUE(allowed("app/logic/a.cpp", "\"viz/scene/b.h\""));
  EXPECT_FALSE(allowed("app/logic/a.cpp", "\"viz/gl/b.h\""));
  EXPECT_FALSE(allowed("app/logic/a.cpp", "\"app/shell/b.h\""));
  EXPECT_TRUE(allowed("app/shell/a.cpp", "\"viz/gl/b.h\""));
  EXPECT_FALSE(allowed("app/shell/a.cpp", "\"tests/support/b.h\""));
}

TEST(IncludeRules, KeepLibrariesInTheirLayers) {
  EXPECT_TRUE(allowed("core/a.h", "<vector>"));
  EXPECT_TRUE(allowed("core/a.h", "<nlohmann/json.hpp>"));
  EXPECT_TRUE(allowed("core/base/aligned_buffer.cpp", "<sys/mman.h>"));
  EXPECT_FALSE(allowed("core/base/a.cpp", "<sys/mman.h>"));
  EXPECT_TRUE(allowed("core/text/a.cpp", "<pcre2.h>"));
  EXPECT_FALSE(allowed("core/a.cpp", "<fmt/format.h>"));
  EXPECT_FALSE(allowed("core/a.cpp", "<unistd.h>"));
  EXPECT_FALSE(allowed("core/a.cpp", "<imgui.h>"));
  EXPECT_FALSE(allowed("core/a.cpp", "<cpuid.h>"));
  EXPECT_TRUE(allowed("core/base/cpu_features.cpp", "<cpuid.h>"));
  EXPECT_FALSE(allowed("viz/scene/a.cpp", "<GL/gl.h>"));
  EXPECT_FALSE(allowed("viz/scene/a.cpp", "<imgui.h>"));
  EXPECT_TRUE(allowed("viz/gl/a.cpp", "<GL/gl.h>"));
  EXPECT_TRUE(allowed("viz/gl/a.cpp", "<imgui.h>"));
  EXPECT_FALSE(allowed("viz/gl/a.cpp", "<GLFW/glfw3.h>"));
  EXPECT_FALSE(allowed("app/logic/a.cpp", "<imgui.h>"));
  EXPECT_FALSE(allowed("app/logic/a.cpp", "<GL/gl.h>"));
  EXPECT_TRUE(allowed("app/shell/a.cpp", "<GLFW/glfw3.h>"));
  EXPECT_FALSE(allowed("app/shell/a.cpp", "<GL/gl.h>"));
}

TEST(IncludeRules, KeepEigenInTheEnginesSources) {
  EXPECT_TRUE(allowed("core/engine/a.cpp", "<Eigen/Core>"));
  EXPECT_TRUE(allowed("core/model/a.cpp", "<Eigen/Core>"));
  EXPECT_FALSE(allowed("core/engine/a.h", "<Eigen/Core>"));
  EXPECT_FALSE(allowed("core/text/a.cpp", "<Eigen/Core>"));
  EXPECT_FALSE(allowed("viz/scene/a.cpp", "<Eigen/Core>"));
}

TEST(IncludeRules, KeepThreadsAndFilesOutOfCoreAndScene) {
  for (const char* header : {"<thread>", "<mutex>", "<filesystem>", "<iostream>", "<fstream>"}) {
    EXPECT_FALSE(allowed("core/engine/a.cpp", header)) << header;
    EXPECT_FALSE(allowed("viz/scene/a.h", header)) << header;
    EXPECT_TRUE(allowed("app/shell/a.cpp", header)) << header;
    EXPECT_TRUE(allowed("tests/unit/a.cpp", header)) << header;
  }
}

TEST(IncludeRules, RefuseFoldersWithoutARuleAndRelativePaths) {
  EXPECT_FALSE(allowed("viz/other/a.cpp", "<vector>"));
  EXPECT_FALSE(allowed("app/shell/a.cpp", "\"a.h\""));
  EXPECT_FALSE(allowed("core/a.cpp", "\"../b.h\""));
}

}  // namespace
}  // namespace kv::test
