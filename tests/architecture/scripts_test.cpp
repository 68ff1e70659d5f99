// The scripts: that they parse, that the package list is sound, and how they ask for packages. A
// stand-in for dpkg-query and apt-get says what is installed, so nothing on this machine matters.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "tests/architecture/package_list.h"
#include "tests/architecture/source_tree.h"
#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;
const fs::path top = KVSCOPE_SOURCE_DIR;

std::string read(const fs::path& path) {
  return read_files(path.parent_path(), {path.filename().string()}, {""}).at(0).text;
}

bool parses(const fs::path& script) { return run({"bash", "-n", script.string()}).status == 0; }

TEST(Scripts, Parse) {
  int scripts = 0;
  for (const std::string& path : list_files(top, Listing::present)) {
    if (!path.ends_with(".sh") && path != ".ci/run") continue;
    ++scripts;
    EXPECT_TRUE(parses(top / path)) << path;
  }
  EXPECT_GE(scripts, 5);
}

TEST(Scripts, AreRefusedWhenTheyDoNotParse) {
  const ScratchFolder folder;
  EXPECT_FALSE(parses(folder.write("a.sh", "if true; then\n")));
  EXPECT_TRUE(parses(folder.write("b.sh", "if true; then :; fi\n")));
}

TEST(Scripts, ThatPeopleStartAreExecutable) {
  for (const char* path : {"app/run.sh", "tests/run.sh", ".ci/run"}) {
    const auto mode = fs::status(top / path).permissions();
    EXPECT_NE(mode & fs::perms::owner_exec, fs::perms::none) << path;
    EXPECT_TRUE(read(top / path).starts_with("#!/usr/bin/env bash\n")) << path;
  }
}

TEST(PackageList, IsSound) {
  const std::string text = read(top / "app/packages.txt");
  const auto complaints = package_complaints(text);
  EXPECT_TRUE(complaints.empty()) << joined(complaints);
  EXPECT_NE(text.find("\ncmake"), std::string::npos);
}

TEST(PackageList, IsRefusedWhenItIsNot) {
  EXPECT_TRUE(package_complaints("# all\n[program]\ng++  # c\na-b | c.d\n\n[tests]\ne1\n").empty());
  EXPECT_EQ(package_complaints("[program]\ncmake\n[tests]\ncmake\n").size(), 1U);
  EXPECT_EQ(package_complaints("[program]\nninja-build | make\nmake\n").size(), 1U);
  EXPECT_EQ(package_complaints("[program]\nTwo Words\n").size(), 1U);
  EXPECT_EQ(package_complaints("[other]\n").size(), 1U);
  EXPECT_EQ(package_complaints("cmake\n").size(), 1U);
}

// A folder with packages.sh, a list of three, and programs that stand in for the system's.
class Packages : public testing::Test {
 protected:
  Packages() {
    fs::copy_file(top / "app/packages.sh", folder_.path() / "packages.sh");
    folder_.write("packages.txt", "[program]\none # first\ntwo | other\n[tests]\nthree");
    program("sudo", "\"$@\"");
    program("id", "echo 0");
    program("apt-get", "echo \"apt-get $*\" >>\"$KV_LOG\"; echo noise");
  }

  void program(const std::string& name, const std::string& body) {
    const fs::path file = folder_.write("bin/" + name, "#!/bin/sh\n" + body + "\n");
    fs::permissions(file, fs::perms::owner_all);
  }

  // dpkg-query knows these, in lines of "status name".
  void know(const std::string& lines) {
    program("dpkg-query", "cat <<'END'\n" + lines + "\nEND\nexit 1");
  }

  RunResult need(const std::string& yes, const std::string& sections = "program") {
    const std::string path = (folder_.path() / "bin").string() + ":/usr/bin:/bin";
    const std::string script =
        ". ./packages.sh; kv_need_packages " + yes + " " + sections + "; echo went on";
    return run({"bash", "-uc", script},
               {.env = {{"PATH", path}, {"KV_LOG", (folder_.path() / "log").string()}},
                .cwd = folder_.path()});
  }

  std::string log() {
    return fs::exists(folder_.path() / "log") ? read(folder_.path() / "log") : "";
  }

  ScratchFolder folder_{"with space"};
};

TEST_F(Packages, SaysNothingWhenAllAreThere) {
  know("installed one\ninstalled two");
  const RunResult result = need("0");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "went on\n");
  EXPECT_EQ(result.err, "");
}

TEST_F(Packages, TakesEitherOfTwo) {
  know("installed one\ninstalled other");
  EXPECT_EQ(need("0").status, 0);
}

TEST_F(Packages, WithoutATerminalSaysWhatToInstallAndStops) {
  know("installed one\nconfig-files two\ninstalled twofold");
  const RunResult result = need("0");
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err,
            "kvscope: packages missing: two; install them (--yes does it) with: "
            "apt-get install --no-install-recommends two\n");
  EXPECT_EQ(log(), "");
}

TEST_F(Packages, AsksForTheTestsPackagesOnlyForTests) {
  know("installed one\ninstalled two");
  EXPECT_EQ(need("0", "program").status, 0);
  const RunResult result = need("0", "program tests");
  EXPECT_EQ(result.status, 3);
  EXPECT_NE(result.err.find("packages missing: three;"), std::string::npos) << result.err;
}

TEST_F(Packages, InstallsWithoutAskingWhenAllowed) {
  know("");
  const RunResult result = need("1", "program tests");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "went on\n");
  EXPECT_EQ(log(),
            "apt-get -qq update\n"
            "apt-get -qq install -y --no-install-recommends one two three\n");
}

TEST_F(Packages, BecomesRootOnlyToInstall) {
  know("installed one");
  program("id", "echo 1000");
  program("sudo", "echo sudo >>\"$KV_LOG\"; exec \"$@\"");
  EXPECT_EQ(need("1").status, 0);
  EXPECT_TRUE(log().starts_with("sudo\napt-get")) << log();
  EXPECT_NE(need("0").err.find("with: sudo apt-get install"), std::string::npos);
}

TEST_F(Packages, SaysWhenTheyCannotBeInstalled) {
  know("installed one");
  program("apt-get", "exit 100");
  const RunResult result = need("1");
  EXPECT_EQ(result.status, 3);
  EXPECT_EQ(result.out, "");
  EXPECT_NE(result.err.find("could not be installed"), std::string::npos);
}

}  // namespace
}  // namespace kv::test
