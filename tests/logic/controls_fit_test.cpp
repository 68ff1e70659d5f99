// The panes of every page as they are drawn: nothing is cut, nothing lies upon anything else, and
// what is drawn is what is hit.
#include <gtest/gtest.h>

#include "app/logic/lab/controls.h"
#include "app/logic/lab/scenario_names.h"
#include "tests/logic/scenario_samples.h"
#include "viz/scene/explain_lab.h"
#include "viz/scene/views/lab.h"

namespace kv::test {
namespace {

using scene::ControlView;
using scene::Language;
using scene::PartId;
using scene::PartKind;
using scene::Rect;

struct Pane {
  std::vector<ControlView> controls;
  Language language = Language::en;
  Rect area{10, 20, 320, 640};
  scene::Scene scene = {};

  void draw() {
    const scene::Subject subject;
    const scene::Moment moment;
    scene::ViewState view;
    view.language = language;
    auto lab = std::make_shared<scene::LabView>();
    lab->controls = controls;
    scene::StatusView status;
    status.lab = lab;
    scene::GridStore grids;
    const auto metrics = scene::plain_metrics();
    scene = {.size = {area.right() + 10, area.bottom() + 10},
             .ground = {},
             .theme = view.theme,
             .items = {},
             .places = {}};
    scene::Frame f{subject, moment, view, status, metrics, scene::palette(view.theme, false),
                   grids,   scene};
    draw_controls(f, area);
  }

  std::vector<std::pair<Rect, std::string>> texts() const {
    std::vector<std::pair<Rect, std::string>> all;
    const auto metrics = scene::plain_metrics();
    for (const auto& item : scene.items)
      if (const auto* text = std::get_if<scene::Text>(&item))
        all.push_back({{text->at.x, text->at.y, metrics.width(text->text, text->font),
                        scene::info_of(text->font).size},
                       text->text});
    return all;
  }
};

bool within(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() + 0.01F &&
         inner.bottom() <= outer.bottom() + 0.01F;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

void expect_tidy(const Pane& pane) {
  const auto texts = pane.texts();
  EXPECT_GE(texts.size(), pane.controls.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_TRUE(within(texts[i].first, pane.area)) << texts[i].second;
    EXPECT_FALSE(texts[i].second.ends_with("\u2026")) << texts[i].second;
    for (std::size_t j = i + 1; j < texts.size(); ++j)
      EXPECT_FALSE(overlap(texts[i].first.inset(1, 2), texts[j].first.inset(1, 2)))
          << texts[i].second << " | " << texts[j].second;
  }
  for (const scene::Place& place : pane.scene.places)
    EXPECT_TRUE(within(place.rect, pane.area)) << scene::name_of(place.part.kind);
}

void expect_hit(const Pane& pane, const PartId& part) {
  const auto place = find_part(pane.scene, part);
  ASSERT_TRUE(place) << scene::name_of(part.kind) << " " << part.a << " " << part.b;
  EXPECT_GE(place->h, part.kind == PartKind::control_slider ? 9 : 16);
  if (part.kind != PartKind::control_button) {
    EXPECT_EQ(hit_test(pane.scene, place->center()), part);
  }
}

void expect_hits(const Pane& pane) {
  for (const ControlView& control : pane.controls) {
    if (control.kind == ControlView::Kind::heading) continue;
    expect_hit(pane, {.kind = PartKind::control_button, .a = control.id});
    if (control.kind == ControlView::Kind::button) {
      EXPECT_GE(find_part(pane.scene, {.kind = PartKind::control_button, .a = control.id})->h, 24)
          << control.name;
    }
    for (int i = 0; i < static_cast<int>(control.options.size()); ++i)
      expect_hit(pane, {.kind = PartKind::control_choice, .a = control.id, .b = i});
    if (!control.enabled || control.kind == ControlView::Kind::button || !control.options.empty())
      continue;
    expect_hit(pane, {.kind = PartKind::control_less, .a = control.id});
    expect_hit(pane, {.kind = PartKind::control_more, .a = control.id});
    if (control.kind == ControlView::Kind::slider)
      for (const int per_mille : {0, 250, 1000})
        expect_hit(pane, {.kind = PartKind::control_slider, .a = control.id, .b = per_mille});
  }
}

// The longest words and values that can stand there, and what is usual.
std::vector<std::string> cases_of(int page) {
  const std::string end = " page=" + std::string(app::page_names[static_cast<std::size_t>(page)]);
  const std::string most =
      "width=16384 layers=256 heads=256 kv_heads=128 ffn=60001 vocab=1048576 "
      "n=999999 prompt=888888 batch=1000000 context=1000000 padded=on "
      "seed=18446744073709551615";
  std::vector<std::string> cases{end, most + end, "mlp=plain n=1M padded=on" + end,
                                 "model=gpt2-medium" + end};
  if (app::is_of_costs(static_cast<scene::LabPage>(page)))
    cases.push_back("model=deepseek-v3" + end);
  return cases;
}

TEST(ControlsPane, FitsOnEveryPageInEveryLanguage) {
  for (const auto& [width, height] :
       {std::pair{320.0F, 640.0F}, {330, 730}, {380, 900}, {340, 1200}})
    for (const Language language : scene::languages)
      for (int page = 0; page < scene::lab_page_count; ++page)
        for (const std::string& text : cases_of(page)) {
          SCOPED_TRACE(text + " " + scene::code_of(language) + " " + std::to_string(width));
          const auto scenario = app::parse_scenario(text, false, known_sizes);
          ASSERT_TRUE(scenario) << scenario.error().message;
          Pane pane{.controls = app::controls_of(*scenario, language, 3),
                    .language = language,
                    .area = {10, 20, width, height}};
          pane.draw();
          expect_tidy(pane);
          expect_hits(pane);
        }
}

TEST(ControlsPane, GrowsWithTheRoomThereIs) {
  const auto scenario = app::parse_scenario("page=roofline", false, known_sizes);
  float before = 0;
  for (const float height : {260.0F, 330.0F, 420.0F, 640.0F}) {
    Pane pane{.controls = app::controls_of(*scenario, Language::en, -1),
              .area = {0, 0, 340, height}};
    pane.draw();
    expect_tidy(pane);
    const float last = pane.texts().back().first.bottom();
    EXPECT_GT(last, before);
    before = last;
  }
}

TEST(ControlsExplained, EachByNameAndValue) {
  for (int page = 0; page < scene::lab_page_count; ++page) {
    const auto scenario = app::parse_scenario(cases_of(page)[0], false, known_sizes);
    Pane pane{.controls = app::controls_of(*scenario, Language::en, -1)};
    const scene::Subject subject;
    const scene::Moment moment;
    const scene::ViewState view;
    auto lab = std::make_shared<scene::LabView>();
    lab->controls = pane.controls;
    scene::StatusView status;
    status.lab = lab;
    scene::GridStore grids;
    const auto metrics = scene::plain_metrics();
    scene::Frame f{subject, moment,    view, status, metrics, scene::palette(view.theme, false),
                   grids,   pane.scene};
    for (const ControlView& control : pane.controls) {
      if (control.kind == ControlView::Kind::heading) continue;
      for (const PartKind kind : {PartKind::control_slider, PartKind::control_more,
                                  PartKind::control_choice, PartKind::control_button}) {
        const auto e = explain_lab_control(f, {.kind = kind, .a = control.id, .b = 0});
        EXPECT_EQ(e.title, control.name);
        EXPECT_FALSE(e.lines.empty() || e.lines[0].empty()) << control.name;
        EXPECT_EQ(e.value.empty(), control.kind == ControlView::Kind::button) << control.name;
      }
    }
  }
}

}  // namespace
}  // namespace kv::test
