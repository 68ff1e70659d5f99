#include "tests/scene/stages_drawn.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "viz/scene/number_text.h"

namespace kv::test {

using scene::BenchView;
using scene::Frame;
using scene::PartKind;
using scene::Rect;
using scene::StageSpec;
using scene::Vec2;

BenchView measured_bench() {
  return {.without_seconds = {0.5, 0.61, 0.52},
          .with_seconds = {0.11, 0.14, 0.12},
          .ratio = 4.35,
          .flop_ratio = 13.6,
          .tokens = 60,
          .prompt_tokens = 16,
          .model = "story"};
}

std::vector<View> all_views() {
  const auto chart = [](StageSpec spec, std::vector<Vec2> drawn = {}, bool hidden = false) {
    return [=](Frame& f, const Rect& r) { draw_stage_chart(f, r, spec, drawn, hidden); };
  };
  const auto bill = [](StageSpec spec) {
    return [=](Frame& f, const Rect& r) { draw_stage_bill(f, r, spec); };
  };
  const auto roofline = [](StageSpec spec) {
    return [=](Frame& f, const Rect& r) { draw_stage_roofline(f, r, spec); };
  };
  const StageSpec own{.preset = ""};
  return {
      {"chart", chart({.tokens = 100'000})},
      {"chart_own", chart(own, {{1, 2000}, {30, 1e6F}, {512, 3e8F}})},
      {"chart_linear", chart({.preset = "", .tokens = 32, .log_log = false})},
      {"chart_part", chart({.preset = "gpt2", .component = 3})},
      {"chart_hidden", chart({.preset = "gpt2"}, {{1, 1e9F}, {512, 1e13F}}, true)},
      {"bill", bill({.tokens = 100'000})},
      {"bill_own", bill({.preset = "", .dtype = core::KvDtype::f32})},
      {"bill_latent", bill({.preset = "deepseek-v3",
                            .tokens = 1'000'000,
                            .dtype = core::KvDtype::int4,
                            .batch = 4})},
      {"bill_large", bill({.preset = "llama-3-405b", .tokens = 10'000'000, .batch = 256})},
      {"roofline", roofline({.tokens = 100'000})},
      {"roofline_own", roofline({.preset = "", .batch = 8, .machine = "a100"})},
      {"roofline_batch", roofline({.preset = "llama-2-7b", .tokens = 512, .batch = 512})},
      {"bench",
       [](Frame& f, const Rect& r) {
         const BenchView bench = measured_bench();
         draw_stage_bench(f, r, &bench);
       }},
      {"bench_pending", [](Frame& f, const Rect& r) { draw_stage_bench(f, r, nullptr); }},
      {"loop", [](Frame& f, const Rect& r) { draw_stage_loop(f, r); }},
  };
}

Looking one_token_run(int steps) { return Looking(steps, {.prompt = {3}, .steps = steps}); }

scene::Scene drawn(Looking& looking, const View& view, const Rect& area) {
  looking.scene = {.size = {area.right() + 10, area.bottom() + 10},
                   .ground = scene::palette(looking.view.theme, false).ground,
                   .theme = looking.view.theme,
                   .items = {},
                   .places = {}};
  Frame f = looking.frame();
  view.draw(f, area);
  return looking.scene;
}

std::vector<Extent> texts_of(const scene::Scene& scene) {
  std::vector<Extent> all;
  const auto metrics = scene::plain_metrics();
  for (const auto& item : scene.items)
    if (const auto* text = std::get_if<scene::Text>(&item))
      all.push_back({{text->at.x, text->at.y, metrics.width(text->text, text->font),
                      scene::info_of(text->font).size},
                     text->text});
  return all;
}

bool says(const scene::Scene& scene, std::string_view words) {
  return std::ranges::any_of(texts_of(scene), [&](const Extent& text) {
    return text.what.find(words) != std::string::npos;
  });
}

void expect_inside(const scene::Scene& scene, const Rect& area) {
  for (const Extent& text : texts_of(scene)) {
    EXPECT_GE(text.rect.x, area.x) << text.what;
    EXPECT_GE(text.rect.y, area.y) << text.what;
    EXPECT_LE(text.rect.right(), area.right()) << text.what;
    EXPECT_LE(text.rect.bottom(), area.bottom()) << text.what;
    // Only these end so, and how many tokens are not shown; all else was cut.
    const std::size_t digits = text.what.find_first_not_of("0123456789");
    const bool meant = text.what.substr(std::min(digits, text.what.size())) == "\u2026" ||
                       text.what.find("measuring") == 0 || text.what.find("идёт") == 0 ||
                       text.what.find("正在") == 0 || text.what.find("이 컴퓨터") == 0;
    EXPECT_TRUE(meant || !text.what.ends_with("\u2026")) << text.what;
  }
  for (const auto& place : scene.places) {
    EXPECT_GE(place.rect.x, area.x) << name_of(place.part.kind);
    EXPECT_LE(place.rect.right(), area.right()) << name_of(place.part.kind);
    EXPECT_GE(place.rect.y, area.y) << name_of(place.part.kind);
    EXPECT_LE(place.rect.bottom(), area.bottom()) << name_of(place.part.kind);
  }
}

void expect_apart(const scene::Scene& scene) {
  const auto texts = texts_of(scene);
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      const Rect a = texts[i].rect.inset(1, 3), b = texts[j].rect.inset(1, 3);
      const bool apart =
          a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y;
      EXPECT_TRUE(apart) << texts[i].what << " | " << texts[j].what << " at " << texts[j].rect.x
                         << "," << texts[j].rect.y;
    }
}

std::vector<scene::Path> paths_of(const scene::Scene& scene) {
  std::vector<scene::Path> paths;
  for (const auto& item : scene.items)
    if (const auto* path = std::get_if<scene::Path>(&item)) paths.push_back(*path);
  return paths;
}

}  // namespace kv::test
