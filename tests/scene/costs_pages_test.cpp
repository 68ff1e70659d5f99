// The pages of the place Costs: as text, and what must hold of them in any area and language.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/scene/costs_drawn.h"
#include "tests/support/golden.h"
#include "viz/scene/explain_lab.h"
#include "viz/scene/views/stages.h"

namespace kv::test {
namespace {

using scene::PartId;
using scene::PartKind;
using scene::Rect;
using scene::Vec2;

const std::vector<const View*>& pages() {
  static const std::vector<const View*> all = {&memory_page(), &roofline_page(), &machine_page()};
  return all;
}

// What stands out: long figures, models that no closed form covers, small and large machines.
std::vector<Looking> all_sorts() {
  std::vector<Looking> all;
  all.push_back(costs_of());
  all.push_back(costs_of("llama-3-8b", 100'000, false));
  all.push_back(costs_of("gpt2", 2));
  all.push_back(costs_of("deepseek-v3", 1'000'000));
  all.push_back(costs_of("llama-3-405b", 1'000'000));
  all.back().view.scenario.batch = 256;
  all.back().view.scenario.dtype = core::KvDtype::int4;
  all.back().view.scenario.machine = "here";
  all.push_back(costs_of("smollm-135m", 4000, false));
  all.back().view.scenario.machine = "here";
  all.push_back(costs_of("llama-3-70b", 32'768));
  all.back().view.scenario.model = "";
  all.back().view.scenario.machine = "a100";
  all.back().view.scenario.causal = true;
  return all;
}

TEST(CostsGolden, EachPage) {
  for (const View* page : pages()) {
    Looking measured = costs_of();
    expect_golden(fmt::format("scene/golden/costs_{}.txt", page->id),
                  to_text(drawn(measured, *page, usual_page)));
  }
  Looking unmeasured = costs_of("llama-3-8b", 100'000, false);
  expect_golden("scene/golden/costs_machine_unmeasured.txt",
                to_text(drawn(unmeasured, machine_page(), usual_page)));
  Looking latent = costs_of("deepseek-v3", 4096);
  expect_golden("scene/golden/costs_memory_latent.txt",
                to_text(drawn(latent, memory_page(), usual_page)));
}

TEST(CostsPages, NothingIsCutOffOrOverlapsAtAnySizeInAnyLanguage) {
  for (Looking& looking : all_sorts())
    for (const Vec2 size : {Vec2{940, 740}, Vec2{1240, 760}, Vec2{1540, 920}})
      for (const auto language : scene::languages)
        for (const View* page : pages()) {
          const auto& s = looking.view.scenario;
          SCOPED_TRACE(fmt::format("{} {} {} on {} {}x{}", page->id, code_of(language), s.model,
                                   s.machine, size.x, size.y));
          looking.view.language = language;
          const Rect area{10, 20, size.x, size.y};
          const auto scene = drawn(looking, *page, area);
          expect_inside(scene, area);
          expect_apart(scene);
        }
}

// Whatever can be pointed at says what it is, in every language and with all its places filled.
TEST(CostsPages, ExplainEveryPartInEveryLanguage) {
  for (Looking& looking : all_sorts())
    for (const View* page : pages()) {
      const auto scene = drawn(looking, *page, usual_page);
      for (const scene::Place& place : scene.places) {
        PartId part = place.part;
        if (place.rows > 0) part.a = part.b = 500;
        std::vector<std::string> texts;
        for (const auto language : scene::languages) {
          looking.view.language = language;
          const auto e = explain_costs_place(looking.frame(), part);
          SCOPED_TRACE(fmt::format("{} {} {}", name_of(part.kind), part.a, code_of(language)));
          EXPECT_FALSE(e.title.empty());
          for (const std::string& line : e.lines) {
            EXPECT_FALSE(line.empty());
            EXPECT_EQ(line.find('{'), std::string::npos) << line;
          }
          texts.push_back(text_of(e, language));
        }
        std::ranges::sort(texts);
        EXPECT_EQ(std::ranges::adjacent_find(texts), texts.end()) << name_of(part.kind);
      }
      looking.view.language = scene::Language::en;
    }
}

TEST(CostsPages, ExplainNothingOfWhatIsNotThere) {
  Looking looking = costs_of("llama-3-8b", 100'000, false);
  for (const PartId& part :
       {PartId{.kind = PartKind::bench_bar, .a = 0, .b = 0},
        PartId{.kind = PartKind::memory_mark, .a = 9}, PartId{.kind = PartKind::cache_kind, .a = 4},
        PartId{.kind = PartKind::claim_row, .a = 4}, PartId{.kind = PartKind::key_cell, .a = 0},
        PartId{.kind = PartKind::bill_index,
        .a = static_cast<int>(scene::BillIndex::values_per_token)},
        PartId{.kind = PartKind::component_bound, .a = 8}})
    EXPECT_TRUE(explain_costs_place(looking.frame(), part).title.empty()) << name_of(part.kind);
}

}  // namespace
}  // namespace kv::test
