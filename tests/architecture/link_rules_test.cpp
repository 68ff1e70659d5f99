#include "tests/architecture/link_rules.h"

#include <gtest/gtest.h>

#include "tests/architecture/source_tree.h"

namespace kv::test {
namespace {

TEST(LinkRules, HoldForThisBuild) {
  const auto files = read_files("/", {KVSCOPE_LINK_GRAPH}, {".txt"});
  const LinkGraph graph = parse_link_graph(files.at(0).text);
  ASSERT_TRUE(graph.contains("kv_core"));
  ASSERT_TRUE(graph.contains("kv_shell"));
  ASSERT_TRUE(graph.contains("kvscope"));
  // The graph is not empty by mistake.
  EXPECT_EQ(graph.at("kv_core").at(0), "kv_options");
  const auto complaints = link_complaints(graph);
  EXPECT_TRUE(complaints.empty()) << joined(complaints);
}

TEST(LinkRules, RefuseLinksUpwards) {
  const auto refused = [](const char* line) {
    return !link_complaints(parse_link_graph(line)).empty();
  };
  EXPECT_FALSE(refused("kv_core: kv_options Eigen3::Eigen\n"));
  EXPECT_TRUE(refused("kv_core: kv_options kv_scene\n"));
  EXPECT_TRUE(refused("kv_core: kv_options fmt::fmt\n"));
  EXPECT_TRUE(refused("kv_options: kv_core\n"));
  EXPECT_FALSE(refused("kv_scene: kv_core\n"));
  EXPECT_TRUE(refused("kv_scene: kv_core OpenGL::GL\n"));
  EXPECT_TRUE(refused("kv_scene: kv_gl\n"));
  EXPECT_FALSE(refused("kv_gl: kv_scene OpenGL::GL\n"));
  EXPECT_TRUE(refused("kv_gl: kv_logic\n"));
  EXPECT_FALSE(refused("kv_logic: kv_scene\n"));
  EXPECT_TRUE(refused("kv_logic: kv_gl\n"));
  EXPECT_TRUE(refused("kv_logic: imgui\n"));
  EXPECT_FALSE(refused("kv_shell: kv_core kv_gl kv_logic fmt::fmt\n"));
  EXPECT_TRUE(refused("kv_shell: kv_test_support\n"));
  EXPECT_TRUE(refused("kvscope: test_unit\n"));
  EXPECT_FALSE(refused("test_unit: kv_test_support kv_core anything\n"));
  EXPECT_TRUE(refused("kv_new: kv_core\n"));
}

TEST(LinkRules, ReadTheGraph) {
  const LinkGraph graph = parse_link_graph("a: b c::d\ne: \n");
  EXPECT_EQ(graph, (LinkGraph{{"a", {"b", "c::d"}}, {"e", {}}}));
}

}  // namespace
}  // namespace kv::test
