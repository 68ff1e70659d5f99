// The pane of controls drawn from rows made by hand: every kind of row, in every state.
#include <gtest/gtest.h>

#include "tests/scene/stages_drawn.h"
#include "tests/support/golden.h"
#include "viz/scene/explain_lab.h"
#include "viz/scene/views/lab.h"

namespace kv::test {
namespace {

using scene::ControlView;
using scene::Language;
using scene::PartId;
using scene::PartKind;
using scene::Rect;
using scene::Scene;

constexpr Rect least{10, 20, 320, 640};

std::string name_of(int id, Language language) { return scene::name_of_control(id).in(language); }

ControlView row(ControlView::Kind kind, int id, Language language, std::string value) {
  ControlView view;
  view.kind = kind;
  view.id = id;
  view.name = name_of(id, language);
  view.value = std::move(value);
  return view;
}

// A row of each kind and state, with the program's own words.
std::vector<ControlView> rows_in(Language language) {
  using Kind = ControlView::Kind;
  std::vector<ControlView> rows;
  rows.push_back({.kind = Kind::heading,
                  .name = scene::words::control_heading_model.in(language),
                  .value = {},
                  .options = {},
                  .note = {}});
  rows.push_back(row(Kind::choice, 0, language, "gpt2-medium"));
  rows.push_back(row(Kind::slider, 1, language, "16,384"));
  rows.back().share = 1;
  rows.push_back(row(Kind::slider, 5, language, "\u00D73.5 = 14,336"));
  rows.back().share = 0.4F;
  rows.back().focused = true;
  rows.push_back(row(Kind::slider, 4, language, "MLA"));
  rows.back().enabled = false;
  rows.back().note = scene::words::control_kv_latent.in(language);
  rows.push_back(row(Kind::choice, 14, language, ""));
  rows.back().options = {scene::words::control_with.in(language),
                         scene::words::control_without.in(language),
                         scene::words::control_padded.in(language)};
  rows.back().several = true;
  rows.back().on = 5;
  rows.push_back(row(Kind::choice, 17, language, ""));
  rows.back().options = {"f32", "f16", "bf16", "int8", "int4"};
  rows.back().chosen = 1;
  rows.push_back(row(Kind::button, 21, language, name_of(21, language)));
  rows.push_back(row(Kind::button, 22, language, name_of(22, language)));
  rows.back().enabled = false;
  rows.back().note = scene::words::ex_control_reveal.in(language);
  return rows;
}

struct Pane {
  explicit Pane(std::vector<ControlView> rows, Language language = Language::en) {
    lab->controls = std::move(rows);
    looking.view.language = language;
    looking.status.lab = lab;
  }
  Scene draw(const Rect& area = least) {
    return drawn(looking, {"controls", [](scene::Frame& f, const Rect& r) { draw_controls(f, r); }},
                 area);
  }
  Looking looking;
  std::shared_ptr<scene::LabView> lab = std::make_shared<scene::LabView>();
};

TEST(ControlsPane, IsTidyInEveryLanguageAndSize) {
  for (const Language language : scene::languages)
    for (const Rect area : {least, Rect{0, 0, 320, 310}, Rect{0, 0, 380, 900}}) {
      SCOPED_TRACE(std::string(scene::code_of(language)) + " " + std::to_string(area.h));
      Pane pane(rows_in(language), language);
      const Scene scene = pane.draw(area);
      expect_inside(scene, area);
      expect_apart(scene);
    }
}

TEST(ControlsPaneGolden, EveryKindOfRow) {
  Pane pane(rows_in(Language::en));
  expect_golden("scene/golden/controls.txt", to_text(pane.draw()));
}

TEST(ControlsPane, NumbersAreNoSmallerThanSmall) {
  for (const Rect area : {least, Rect{0, 0, 320, 310}}) {
    Pane pane(rows_in(Language::en));
    const Scene scene = pane.draw(area);
    for (const auto& item : scene.items) {
      const auto* text = std::get_if<scene::Text>(&item);
      // Notes alone are smaller: sentences.
      EXPECT_TRUE(!text || text->font != scene::Font::tiny || text->text.size() > 20) << text->text;
    }
  }
}

TEST(ControlsPane, SlidersSayWhereThePointerIs) {
  Pane pane(rows_in(Language::en));
  for (const Rect area : {least, Rect{0, 0, 320, 310}, Rect{0, 0, 380, 900}}) {
    const Scene scene = pane.draw(area);
    for (const int id : {1, 5})
      for (const int per_mille : {0, 400, 1000}) {
        const PartId part{.kind = PartKind::control_slider, .a = id, .b = per_mille};
        const auto place = find_part(scene, part);
        ASSERT_TRUE(place);
        EXPECT_EQ(hit_test(scene, place->center()), part);
      }
    EXPECT_FALSE(find_part(scene, {.kind = PartKind::control_slider, .a = 4, .b = 500}));
    EXPECT_FALSE(find_part(scene, {.kind = PartKind::control_less, .a = 4}));
  }
}

// The knob stands where the share is, and that is where a click leaves it.
TEST(ControlsPane, TheKnobStandsAtItsShare) {
  for (const float share : {0.0F, 0.25F, 1.0F}) {
    auto rows = rows_in(Language::en);
    rows[2].share = share;
    Pane pane(rows);
    const Scene scene = pane.draw();
    const int per_mille = static_cast<int>(share * 1000);
    const auto place = find_part(scene, {.kind = PartKind::control_slider, .a = 1, .b = per_mille});
    ASSERT_TRUE(place);
    const bool knob = std::ranges::any_of(scene.items, [&](const auto& item) {
      const auto* box = std::get_if<scene::Box>(&item);
      return box && box->rect.w == box->rect.h && box->radius == box->rect.w / 2 &&
             std::abs(box->rect.center().x - place->center().x) < 1 &&
             std::abs(box->rect.center().y - place->center().y) < 1;
    });
    EXPECT_TRUE(knob) << share;
  }
}

TEST(ControlsPane, StepsAndOptionsAreHitWhereTheyAreDrawn) {
  Pane pane(rows_in(Language::ru), Language::ru);
  const Scene scene = pane.draw();
  const auto expect_hit = [&](const PartId& part) {
    const auto place = find_part(scene, part);
    ASSERT_TRUE(place) << scene::name_of(part.kind) << " " << part.a;
    EXPECT_EQ(hit_test(scene, place->center()), part);
  };
  for (const int id : {0, 1, 5}) {
    expect_hit({.kind = PartKind::control_less, .a = id});
    expect_hit({.kind = PartKind::control_more, .a = id});
  }
  for (int i = 0; i < 3; ++i) expect_hit({.kind = PartKind::control_choice, .a = 14, .b = i});
  for (int i = 0; i < 5; ++i) expect_hit({.kind = PartKind::control_choice, .a = 17, .b = i});
  expect_hit({.kind = PartKind::control_button, .a = 21});
}

TEST(ControlsPane, PointingAndFocusChangeThePicture) {
  auto rows = rows_in(Language::en);
  Pane pane(rows);
  const std::string plain = to_text(pane.draw());
  for (const PartId part : {PartId{.kind = PartKind::control_slider, .a = 1, .b = 7},
                            PartId{.kind = PartKind::control_more, .a = 1},
                            PartId{.kind = PartKind::control_choice, .a = 17, .b = 3},
                            PartId{.kind = PartKind::control_button, .a = 21}}) {
    pane.looking.view.hover = part;
    EXPECT_NE(to_text(pane.draw()), plain) << scene::name_of(part.kind);
  }
  // What cannot be pressed does not seem to.
  pane.looking.view.hover = {.kind = PartKind::control_button, .a = 22};
  EXPECT_EQ(to_text(pane.draw()), plain);
  pane.looking.view.hover = {};
  pane.lab->controls[3].focused = false;
  EXPECT_NE(to_text(pane.draw()), plain);
}

TEST(LabExplained, ButtonsOfThePlace) {
  Pane pane(rows_in(Language::en));
  pane.lab->text = "n=5 page=curves";
  const auto e = [&](const PartId& part) {
    return explain_lab_control(pane.looking.frame(), part);
  };
  EXPECT_EQ(e({.kind = PartKind::page_button, .a = 3}).title, "Memory");
  EXPECT_EQ(e({.kind = PartKind::page_button, .a = 6}).title, "");
  EXPECT_EQ(e({.kind = PartKind::control_choice, .a = 14, .b = 0}).value,
            "with cache \u00B7 padded");
  EXPECT_EQ(e({.kind = PartKind::control_slider, .a = 4}).lines.size(), 2U);  // and the note
  EXPECT_EQ(e({.kind = PartKind::control_slider, .a = 99}).title, "");
  EXPECT_EQ(e({.kind = PartKind::scenario_text}).lines.back(), "n=5 page=curves");
  for (const PartKind kind :
       {PartKind::copy_button, PartKind::question_button, PartKind::exam_button})
    EXPECT_FALSE(e({.kind = kind}).title.empty());
  EXPECT_EQ(e({.kind = PartKind::help_button}).title, "");
}

}  // namespace
}  // namespace kv::test
