// Figures that others published: each there once, as published, with whose it is.
#include "core/cost/published.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace kv::core {
namespace {

TEST(Published, FoundByName) {
  for (const PublishedFigure& figure : published_figures)
    EXPECT_EQ(find_published(figure.name), &figure) << figure.name;
  EXPECT_EQ(find_published("attention-script"), nullptr);
  EXPECT_EQ(find_published(""), nullptr);
}

TEST(Published, EveryNameOnceWithUnitAndSource) {
  const std::set<std::string> units = {"seconds", "ratio",  "percent", "flops",
                                       "bytes",   "tokens", "pages",   "tokens_per_second",
                                       "values",  "heads",  "steps",   "runs"};
  std::set<std::string> names;
  for (const PublishedFigure& figure : published_figures) {
    EXPECT_TRUE(names.insert(figure.name).second) << figure.name;
    EXPECT_TRUE(units.contains(figure.unit)) << figure.name << ": " << figure.unit;
    EXPECT_GT(std::string(figure.source).size(), 20U) << figure.name;
    EXPECT_GT(figure.value, 0) << figure.name;
  }
}

double value(const char* name) { return find_published(name)->value; }

// The ratios that were published beside two figures are theirs, to the digits given.
TEST(Published, RatiosFollowFromTheirFigures) {
  EXPECT_NEAR(value("attention-script.without-seconds") / value("attention-script.with-seconds"),
              value("attention-script.ratio"), 0.05);
  EXPECT_NEAR(value("seven-b.without-seconds") / value("seven-b.with-seconds"),
              value("seven-b.ratio"), 0.05);
  EXPECT_EQ(value("small-desktop.without"), 27);
  EXPECT_EQ(value("small-desktop.with"), 144);
  EXPECT_EQ(value("eight-b.ratio"), 500);
  EXPECT_LT(value("reserved.wasted-low"), value("reserved.wasted-high"));
  EXPECT_EQ(value("paged.wasted"), 4);
}

}  // namespace
}  // namespace kv::core
