// A lesson's words beside the picture and below it: nothing leaves, nothing overlaps, and what can
// be clicked is found.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/scene/lesson_drawn.h"
#include "tests/scene/stages_drawn.h"
#include "tests/support/golden.h"

namespace kv::test {
namespace {

using scene::Font;
using scene::LessonView;
using scene::PartId;
using scene::PartKind;
using scene::Rect;
using scene::Scene;
using scene::Vec2;

constexpr Vec2 sizes[] = {{1920, 1080}, {1730, 973}, {1384, 1038}};

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

// Texts of the words' own places.
std::vector<Extent> words_of(const Scene& scene, const scene::LessonLayout& layout) {
  std::vector<Extent> texts = texts_of(scene);
  std::erase_if(texts, [&](const Extent& text) {
    return !overlap(text.rect, layout.words) && !overlap(text.rect, layout.notes);
  });
  return texts;
}

void expect_apart_words(LessonWindow& window, const Scene& scene) {
  const auto words = words_of(scene, window.layout());
  for (std::size_t i = 0; i < words.size(); ++i)
    for (std::size_t j = i + 1; j < words.size(); ++j)
      EXPECT_FALSE(overlap(words[i].rect.inset(1, 3), words[j].rect.inset(1, 3)))
          << words[i].what << " | " << words[j].what;
}

void expect_tidy_words(LessonWindow& window, const LessonView& lesson) {
  const Scene scene = window.draw(lesson);
  const scene::LessonLayout layout = window.layout();
  EXPECT_EQ(window.fit().overflow, 0);
  const auto words = words_of(scene, layout);
  ASSERT_GT(words.size(), 4U);
  expect_apart_words(window, scene);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Rect& place = overlap(words[i].rect, layout.words) ? layout.words : layout.notes;
    EXPECT_GE(words[i].rect.x, place.x) << words[i].what;
    EXPECT_LE(words[i].rect.right(), place.right()) << words[i].what;
    EXPECT_GE(words[i].rect.y, place.y - 2) << words[i].what;
    EXPECT_LE(words[i].rect.bottom(), place.bottom() + 2) << words[i].what;
  }
}

using Change = std::function<void(LessonView&)>;
using Check = std::function<void(LessonWindow&, const LessonView&, Vec2)>;

void in_every_state(bool votes, const Change& change, const Check& check) {
  for (const Vec2 size : sizes)
    for (const auto language : scene::languages)
      for (PaneState& state : pane_states(language)) {
        if (state.lesson.question && state.lesson.question->voting != votes) continue;
        SCOPED_TRACE(state.name + " " + scene::code_of(language) + " " + std::to_string(size.x));
        LessonWindow window(size);
        window.looking.view.language = language;
        change(state.lesson);
        check(window, state.lesson, size);
      }
}

void expect_tidy(bool votes, const Change& change) {
  in_every_state(votes, change, [](LessonWindow& window, const LessonView& lesson, Vec2) {
    expect_tidy_words(window, lesson);
  });
}

void as_it_is(LessonView&) {}
void fold(LessonView& lesson) { lesson.folded = true; }
void present(LessonView& lesson) {
  lesson.presenting = lesson.notes_open = true;
  lesson.timer = "12:34";
}

TEST(LessonPane, IsTidyInEveryStateAndLanguage) { expect_tidy(false, as_it_is); }
TEST(LessonPane, IsTidyBelowThePicture) { expect_tidy(false, fold); }
TEST(LessonPane, IsTidyWhenPresentedWithNotes) { expect_tidy(false, present); }
TEST(LessonPane, IsTidyWhileTheClassVotes) {
  for (const auto& change : {as_it_is, fold, present}) expect_tidy(true, change);
}

TEST(LessonPicture, NothingLeavesTheWindow) {
  for (const auto& change : {as_it_is, fold, present})
    in_every_state(false, change, [](LessonWindow& window, const LessonView& lesson, Vec2 size) {
      for (const Extent& text : texts_of(window.draw(lesson))) {
        EXPECT_GE(text.rect.x, -0.5F) << text.what;
        EXPECT_GE(text.rect.y, -0.5F) << text.what;
        EXPECT_LE(text.rect.right(), size.x + 0.5F) << text.what;
        EXPECT_LE(text.rect.bottom(), size.y + 0.5F) << text.what;
      }
    });
}

// Hints at the pane's foot, titles and buttons: only what is still being computed ends so.
TEST(LessonPane, NoWordsAreCut) {
  in_every_state(false, as_it_is, [](LessonWindow& window, const LessonView& lesson, Vec2) {
    const Scene scene = window.draw(lesson);
    for (const Extent& text : words_of(scene, window.layout()))
      EXPECT_TRUE(!text.what.ends_with("\u2026") ||
                  text.what == scene::words::lesson_pending.in(window.looking.view.language))
          << text.what;
  });
}

TEST(LessonPane, IsTidyWithNotesBesideThePicture) {
  for (const auto language : scene::languages) {
    SCOPED_TRACE(scene::code_of(language));
    LessonWindow window;
    window.looking.view.language = language;
    LessonView lesson = lesson_in(language);
    lesson.notes_open = true;
    expect_tidy_words(window, lesson);
    EXPECT_TRUE(says(window.looking.scene, scene::words::lesson_notes.in(language)));
  }
}

TEST(LessonPaneGolden, AQuestionThatWasAnsweredWrongly) {
  LessonView lesson = lesson_in(scene::Language::en);
  lesson.body = {{.kind = scene::Block::Kind::paragraph,
                  .spans = {{.text = "The new "},
                            {.text = "key", .link = "part:k.new@with"},
                            {.text = " meets "},
                            {.text = "n^2", .formula = true},
                            {.text = " others in "},
                            {.text = "cat()", .code = true},
                            {.text = "."}}},
                 {.kind = scene::Block::Kind::item, .spans = {{.text = "one", .strong = true}}},
                 {.kind = scene::Block::Kind::formula,
                  .spans = {{.text = "\\frac{q k}{\\sqrt{d}}", .formula = true}}}};
  lesson.question = mistaken(choice_in(scene::Language::en), scene::Language::en);
  LessonWindow window;
  Scene scene = window.draw(lesson);
  const Rect words = window.layout().words;
  // What stands beside the words has goldens of its own.
  std::erase_if(scene.items, [&](const scene::Primitive& item) {
    if (const auto* text = std::get_if<scene::Text>(&item)) return !words.contains(text->at);
    if (const auto* box = std::get_if<scene::Box>(&item)) return !overlap(box->rect, words);
    const auto* path = std::get_if<scene::Path>(&item);
    return !path || path->points.empty() || !words.contains(path->points[0]);
  });
  std::erase_if(scene.places, [&](const scene::Place& p) { return !overlap(p.rect, words); });
  expect_golden("scene/golden/lesson_pane.txt", to_text(scene));
}

TEST(LessonLayout, StandsBesideThePictureWhereThereIsRoom) {
  for (const auto& [size, strip] :
       {std::pair{sizes[0], false}, {sizes[1], false}, {sizes[2], true}, {Vec2{1300, 900}, true}}) {
    LessonWindow window(size);
    LessonView lesson = lesson_in(scene::Language::en);
    window.draw(lesson);
    const scene::LessonLayout beside = window.layout();
    EXPECT_EQ(beside.strip, strip) << size.x;
    EXPECT_FALSE(overlap(beside.stage, beside.words));
    EXPECT_EQ(beside.notes.w, 0);
    for (bool LessonView::*below : {&LessonView::folded, &LessonView::presenting}) {
      LessonView folded = lesson;
      folded.*below = folded.notes_open = true;
      window.draw(folded);
      const scene::LessonLayout l = window.layout();
      EXPECT_TRUE(l.strip);
      EXPECT_GT(l.notes.w, 300);
      EXPECT_FALSE(overlap(l.stage, l.words) || overlap(l.stage, l.notes) ||
                   overlap(l.words, l.notes));
    }
  }
}

// The question's own words are never larger than all of them fit in.
TEST(LessonFit, TakesTheLargestSizeThatLetsEverythingIn) {
  LessonWindow window;
  const auto fit = [&](int words) {
    LessonView lesson = lesson_in(scene::Language::en);
    lesson.body = paragraph(sample_text(scene::Language::en, words));
    window.draw(lesson);
    return window.fit();
  };
  EXPECT_EQ(fit(20).font, Font::title);
  EXPECT_EQ(fit(20).overflow, 0);
  int sizes_seen = 1;
  Font before = Font::title;
  float overflow = 0;
  int longest = 20;
  for (int words = 20; overflow < 200; words += 20) {
    ASSERT_LT(words, 1000);
    const scene::LessonFit now = fit(words);
    EXPECT_LE(scene::info_of(now.font).size, scene::info_of(before).size) << words;
    sizes_seen += now.font != before;
    EXPECT_TRUE(now.overflow <= 0 || now.font == Font::small) << words;
    EXPECT_GE(now.overflow, overflow) << words;
    if (overflow <= 0) longest = words;
    before = now.font;
    overflow = now.overflow;
  }
  EXPECT_EQ(sizes_seen, 3);
  // The longest text that fits stays off the pane's foot.
  while (fit(longest).overflow > 0) --longest;
  EXPECT_GT(longest, 200);
  expect_apart_words(window, window.looking.scene);
}

TEST(LessonFit, WhatDoesNotFitStaysInItsPane) {
  LessonWindow window;
  LessonView lesson = lesson_in(scene::Language::en);
  lesson.body = paragraph(sample_text(scene::Language::en, 1200));
  const Scene scene = window.draw(lesson);
  ASSERT_GT(window.fit().overflow, 0);
  const Rect words = window.layout().words;
  bool clipped = false;
  for (const auto& item : scene.items)
    if (const auto* clip = std::get_if<scene::ClipBegin>(&item)) clipped |= clip->rect == words;
  EXPECT_TRUE(clipped);
}

// The part that is hit at the middle of the place where it was drawn.
void expect_found(const Scene& scene, const PartId& part) {
  const auto place = find_part(scene, part);
  ASSERT_TRUE(place) << scene::name_of(part.kind) << " " << part.a;
  EXPECT_GT(place->w, 4);
  EXPECT_GT(place->h, 4);
  EXPECT_EQ(hit_test(scene, place->center()), part) << scene::name_of(part.kind) << " " << part.a;
}

TEST(LessonPlaces, OfOptionsLinksAndBeatsAreFound) {
  for (const bool folded : {false, true})
    for (const Vec2 size : sizes) {
      SCOPED_TRACE(std::to_string(size.x) + (folded ? " folded" : ""));
      LessonWindow window(size);
      LessonView lesson = lesson_in(scene::Language::en);
      lesson.folded = folded;
      const Scene words = window.draw(lesson);  // below the picture in two columns
      for (int i = 0; i < 2; ++i) expect_found(words, {.kind = PartKind::link, .a = i});
      lesson.question = choice_in(scene::Language::en);
      Scene scene = window.draw(lesson);
      for (int i = 0; i < 4; ++i) expect_found(scene, {.kind = PartKind::option, .a = i});
      for (int i = 0; i < 2; ++i) expect_found(scene, {.kind = PartKind::link, .a = i});
      EXPECT_FALSE(find_part(scene, {.kind = PartKind::link, .a = 2}));
      expect_found(scene, {.kind = PartKind::reveal_button});
      expect_found(scene, {.kind = PartKind::vote_button});
      EXPECT_FALSE(find_part(scene, {.kind = PartKind::answer_button}));
      if (!window.layout().strip) {
        for (int i = 0; i < lesson.beats; ++i)
          expect_found(scene, {.kind = PartKind::beat_button, .a = i});
        expect_found(scene, {.kind = PartKind::lecture_button});
      }
      lesson.question = answered(choice_in(scene::Language::en), scene::Language::en);
      scene = window.draw(lesson);
      expect_found(scene, {.kind = PartKind::link, .a = 2});  // of what is revealed
      EXPECT_FALSE(find_part(scene, {.kind = PartKind::reveal_button}));
    }
}

TEST(LessonPlaces, OfVotesAndTheScaleAreFound) {
  LessonWindow window;
  LessonView lesson = lesson_in(scene::Language::en);
  lesson.question = choice_in(scene::Language::en);
  lesson.question->voting = true;
  Scene scene = window.draw(lesson);
  for (int i = 0; i < 4; ++i) {
    expect_found(scene, {.kind = PartKind::vote_more, .a = i});
    expect_found(scene, {.kind = PartKind::vote_less, .a = i});
  }
  lesson.question = number_in(scene::Language::en);
  scene = window.draw(lesson);
  expect_found(scene, {.kind = PartKind::answer_button});
  for (const int per_mille : {0, 500, 1000}) {
    const auto place = find_part(scene, {.kind = PartKind::answer_scale, .a = per_mille});
    ASSERT_TRUE(place);
    const PartId hit = hit_test(scene, place->center());
    EXPECT_EQ(hit.kind, PartKind::answer_scale);
    EXPECT_NEAR(hit.a, per_mille, 1);
  }
  EXPECT_FALSE(says(scene, "1.23 GFLOP"));
  lesson.question = answered(number_in(scene::Language::en), scene::Language::en);
  EXPECT_TRUE(says(window.draw(lesson), "1.23 GFLOP"));
}

std::size_t outlines(const Scene& scene, scene::Color color) {
  return static_cast<std::size_t>(std::ranges::count_if(scene.items, [&](const auto& item) {
    const auto* box = std::get_if<scene::Box>(&item);
    return box && box->fill.a == 0 && box->line == color && box->line_width >= 2.5F;
  }));
}

// Which part the word means is for whoever keeps the state to say (ViewState::lit).
TEST(LessonLinks, HoveredAloneMarkNothingInThePicture) {
  LessonWindow window;
  const LessonView lesson = lesson_in(scene::Language::en);
  const Scene plain = window.draw(lesson);
  const scene::Color mark = window.looking.frame().colors.text;
  window.looking.view.hover = {.kind = PartKind::link, .a = 0};
  window.looking.view.pointer = find_part(plain, window.looking.view.hover)->center();
  const Scene hovered = window.draw(lesson);
  EXPECT_EQ(outlines(hovered, mark), outlines(plain, mark));
  EXPECT_EQ(hovered.places.size(), plain.places.size());
  EXPECT_NE(to_text(hovered), to_text(plain));  // the word itself shows it
  window.looking.view.lit = scene::parse_part_pattern("k.new@with");
  EXPECT_EQ(outlines(window.draw(lesson), mark), outlines(plain, mark) + 1);
}

// And the other way round: pointing at the newest key lights the word that names it.
TEST(LessonLinks, AreLitWhileTheirPartIsPointedAt) {
  LessonWindow window;
  const LessonView lesson = lesson_in(scene::Language::en);
  const auto words = [&](int row) {
    window.looking.view.hover = {PartKind::key_cell, core::Side::cached, row, 0};
    window.looking.view.pointer = {1900, 1070};  // what is said there hides nothing here
    Scene scene = window.draw(lesson);
    const Rect pane = window.layout().words;
    std::erase_if(scene.items, [&](const scene::Primitive& item) {
      const auto* box = std::get_if<scene::Box>(&item);
      return !box || !pane.contains(box->rect.center());
    });
    scene.places.clear();
    return to_text(scene);
  };
  EXPECT_NE(words(6), words(2));
  EXPECT_EQ(words(2), words(1));
}

LessonView with_list() {
  LessonView lesson = lesson_in(scene::Language::en);
  for (int number = 1; number <= 16; ++number)
    lesson.list.push_back({.number = number,
                           .title = sample_text(scene::Language::en, 4),
                           .beats = std::vector<std::string>(9, "beat"),
                           .lecture = std::vector<bool>(9, true),
                           .seen = std::vector<bool>(9, number < 4)});
  return lesson;
}

TEST(LessonList, LeadsToEveryBeatOfEveryLesson) {
  for (const Vec2 size : sizes) {
    LessonWindow window(size);
    window.looking.view.overlay = scene::Overlay::lessons;
    const Scene scene = window.draw(with_list());
    for (int lesson = 0; lesson < 16; ++lesson)
      for (int beat = 0; beat < 9; ++beat)
        expect_found(scene, {.kind = PartKind::lesson_button, .a = lesson, .b = beat});
    expect_found(scene, {.kind = PartKind::export_button});
    EXPECT_EQ(hit_test(scene, {5, 5}).kind, PartKind::overlay);
  }
}

TEST(LessonMistakes, StandInsteadOfTheWords) {
  LessonWindow window;
  LessonView lesson = lesson_in(scene::Language::en);
  lesson.mistakes = {"lessons/04_with-cache/en.md:12: found nothing, expected something",
                     "and another"};
  const Scene scene = window.draw(lesson);
  EXPECT_TRUE(says(scene, "Mistakes in this lesson's files"));
  EXPECT_TRUE(says(scene, "and another"));
  EXPECT_FALSE(find_part(scene, {.kind = PartKind::link, .a = 0}));
  for (const Extent& text : texts_of(scene)) EXPECT_LE(text.rect.right(), 1920) << text.what;
}

}  // namespace
}  // namespace kv::test
