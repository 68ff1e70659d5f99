// Scenarios and Costs as pictures and tables, as somebody's script would ask for them; and the
// facts that they must show, as the screen says them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"
#include "viz/gl/image.h"

namespace kv::test {
namespace {

using testing::HasSubstr;

class Places : public testing::Test {
 protected:
  RunResult render(const std::string& place, std::vector<std::string> args) const {
    args.insert(args.begin(), {"render", "--place", place});
    return run_program(args, {.env = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}},
                              .cwd = folder_.path()});
  }
  std::string file(const std::string& name) const {
    std::ifstream in(folder_.path() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // What stands in the picture, a text a line.
  std::string words(const std::string& place, const std::string& scenario,
                    std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--scenario", scenario, "--out", "p.svg"});
    const RunResult result = render(place, more);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.out + result.err, "");
    const std::string svg = file("p.svg");
    std::string all = "\n";
    const std::regex text("<text[^>]*>([^<]*)<");
    for (std::sregex_iterator at(svg.begin(), svg.end(), text), end; at != end; ++at)
      all += (*at)[1].str() + "\n";
    return all;
  }
  std::string table(const std::string& place, const std::string& scenario) const {
    const RunResult result = render(place, {"--scenario", scenario, "--out", "t.csv"});
    EXPECT_EQ(result.status, 0) << result.err;
    return file("t.csv");
  }
  void expect_refusal(const std::string& place, const std::vector<std::string>& args,
                      const std::string& what) const {
    const RunResult result = render(place, args);
    EXPECT_EQ(result.status, 2) << result.err;
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
    EXPECT_THAT(result.err, HasSubstr(what));
  }
  ScratchFolder folder_{"kvscope places"};
};

struct Fact {
  const char *place, *scenario;
  std::vector<const char*> figures;  // each a text of its own in the picture
};

// TEACHING's table, as far as these places compute it. What others published stands as published.
const Fact facts[] = {
    {"costs", "model=llama-3-8b n=100k", {"131,072", "13.1 GB", "= 12.2 GiB", "16.1 GB"}},
    {"costs", "model=llama-2-7b n=1000", {"524,288", "524 MB", "= 524,288,000 B"}},
    {"scenarios", "model=llama-2-7b n=1000", {"13.5 TFLOP", "6.66 PFLOP", "24,704"}},
    {"costs", "model=llama-2-13b n=8192", {"819,200", "6.71 GB"}},
    {"costs", "model=llama-3-70b n=1024 dtype=bf16", {"327,680", "= 320 MiB"}},
    {"costs", "model=llama-3-70b n=1024 dtype=int8", {"163,840", "= 160 MiB"}},
    {"costs", "model=gpt2 n=1000 dtype=f32", {"73.7 MB", "= 73,728,000 B"}},
    {"costs", "model=llama-2-7b n=32768 dtype=bf16", {"17.2 GB", "4.29 GB"}},
    {"costs", "model=llama-2-7b n=5", {"32", "2", "1", "5", "128"}},
    {"costs", "page=roofline machine=h100", {"800\u00D7", "989 TFLOP/s", "3.35 TB/s"}},
    {"costs", "page=roofline machine=h100 pairs=visible", {"484\u00D7"}},
    {"costs", "page=roofline machine=a100", {"312 TFLOP/s", "2.04 TB/s"}},
    {"costs", "page=roofline", {"12.1\u00D7", "64.7\u00D7", "2.3\u00D7", "~500\u00D7"}},
    {"costs", "page=machine", {"1.9059 s", "0.1579 s", "3.81 s", "1.65 s"}},
    {"scenarios", "model=pocket ffn=32 n=200 mlp=plain of=step", {"48"}},
};

// A figure stands alone, or where words stand around it.
bool shows(const std::string& words, const std::string& figure) {
  for (std::size_t at = words.find(figure); at != std::string::npos;
       at = words.find(figure, at + 1)) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const char after = words[at + figure.size()];
    const char before = words[at - 1];
    if (!digit(after) && after != '.' && !digit(before) && before != '.' && before != ',')
      return true;
  }
  return false;
}

TEST_F(Places, ShowTheFactsThatAreTaught) {
  for (const Fact& fact : facts) {
    const std::string text = words(fact.place, fact.scenario);
    for (const char* figure : fact.figures)
      EXPECT_TRUE(shows(text, figure)) << fact.scenario << ": " << figure << text;
  }
}

TEST_F(Places, ShowBothEstimatesOfTheFiveHundredTimes) {
  const std::string text = words("costs", "page=roofline");
  for (const char* figure : {"800", "484", "795", "491"}) EXPECT_TRUE(shows(text, figure)) << text;
  EXPECT_THAT(text, HasSubstr("max(bytes / bandwidth, FLOPs / peak)"));
}

TEST_F(Places, ExecutePointsUnaskedAndSaySo) {
  const std::string text = words("scenarios", "model=pocket n=200 part=attention");
  EXPECT_THAT(text, HasSubstr("counted"));
  EXPECT_TRUE(shows(text, "2.99")) << text;
  EXPECT_TRUE(shows(text, "2.00")) << text;
  // Of the same numbers, as a table: what was executed is what the formula says.
  std::istringstream rows(table("scenarios", "model=pocket n=60 part=attention padded=on"));
  std::map<std::string, std::string> formula;
  int counted = 0;
  for (std::string row; std::getline(rows, row);) {
    std::smatch cells;
    if (!std::regex_match(row, cells,
                          std::regex("(run attention,[a-z]+,[0-9]+),([0-9]+),FLOP,(.*)")))
      continue;
    if (cells[3] == "formula") {
      formula[cells[1]] = cells[2];
    } else if (formula.contains(cells[1])) {
      EXPECT_EQ(formula[cells[1]], cells[2]) << row;
      ++counted;
    }
  }
  EXPECT_GT(counted, 60);
}

TEST_F(Places, EveryPageIsAPictureInEveryLanguage) {
  for (const std::string page : {"scenarios curves", "scenarios draw", "scenarios drill",
                                 "costs memory", "costs roofline", "costs machine"}) {
    const std::string place = page.substr(0, page.find(' '));
    std::set<std::string> pictures;
    for (const char* language : {"en", "ru", "zh", "ko"}) {
      const RunResult result =
          render(place, {"--scenario", "page=" + page.substr(place.size() + 1), "--lang", language,
                         "--size", "1280x720", "--out", "p.png"});
      ASSERT_EQ(result.status, 0) << result.err;
      pictures.insert(file("p.png"));
    }
    EXPECT_EQ(pictures.size(), 4U) << page;
  }
}

TEST_F(Places, RevealWhatIsAsked) {
  const auto guessed =
      words("scenarios", "page=draw part=attention", {"--guess", "1", "--revealed"});
  EXPECT_TRUE(shows(guessed, "1.00")) << guessed;
  const std::string open = words("scenarios", "page=drill seed=4");
  const std::string shown = words("scenarios", "page=drill seed=4", {"--revealed"});
  EXPECT_GT(shown.size(), open.size() + 200);
}

TEST_F(Places, TablesHaveTheNumbersOfTheirPage) {
  EXPECT_THAT(table("costs", "model=llama-3-8b n=100k"),
              HasSubstr("cache,with,100000,13107200000,B,formula\n"));
  const std::string roofline = table("costs", "page=roofline");
  EXPECT_THAT(roofline, HasSubstr("eight_b without / with,,,500,times,published\n"));
  EXPECT_THAT(roofline, HasSubstr("eight_b estimate, dense"));
  EXPECT_THAT(table("scenarios", "n=20 prompt=3"), HasSubstr("crossover per step"));
}

TEST_F(Places, RefuseInOneLine) {
  expect_refusal("scenarios", {"--scenario", "n=0", "--out", "p.png"}, "n: found");
  expect_refusal("scenarios", {"--scenario", "banana", "--out", "p.png"}, "banana");
  expect_refusal("scenarios", {"--scenario", "model=nope", "--out", "p.png"}, "nope");
  expect_refusal("costs", {"--scenario", "page=curves", "--out", "p.png"}, "page");
  expect_refusal("scenarios", {"--scenario", "page=memory", "--out", "p.png"}, "page");
  expect_refusal("scenarios", {"--model", "gpt2", "--scenario", "model=gpt2", "--out", "p.png"},
                 "model");
  expect_refusal("scenarios", {"--out", "p.gif"}, "--out");
  expect_refusal("explore", {"--scenario", "n=5", "--out", "p.png"}, "--scenario");
  expect_refusal("explore", {"--model", "pocket", "--out", "p.csv"}, "--out");
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "p.png"));
}

TEST_F(Places, TheWindowRefusesAScenarioBeforeItOpens) {
  const RunResult result = run_program({"--scenario", "n=banana"},
                                       {.env = {{"DISPLAY", std::nullopt}}, .cwd = folder_.path()});
  EXPECT_NE(result.status, 0);
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
}

}  // namespace
}  // namespace kv::test
