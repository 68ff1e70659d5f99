// Exams on paper: whole questions, each once, on the page and apart; black on white.
#include "viz/scene/views/exam_sheet.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/scene/lesson_drawn.h"
#include "tests/scene/stages_drawn.h"
#include "tests/support/golden.h"
#include "viz/scene/views/exam_blocks.h"

namespace kv::test {
namespace {

using scene::ExamPaper;
using scene::ExamQuestion;
using scene::Language;
using scene::Rect;
using scene::RichText;
using scene::Scene;
using scene::Vec2;

// Begins with a word that says whose it is: "q7", "q7A", "why7A", "reveal7".
RichText marked(const std::string& mark, const std::string& words) {
  return {{.kind = scene::Block::Kind::paragraph,
           .spans = {{.text = mark + " " + words}, {.text = "\\frac{n^2}{2}", .formula = true}}}};
}

std::string letter(std::size_t index) { return std::string(1, static_cast<char>('A' + index)); }

ExamQuestion question_of(Language language, int number) {
  const std::string id = std::to_string(number);
  const int unit = language == Language::zh ? 2 : 1;
  const bool lengthy = number % 4 == 3;
  ExamQuestion question;
  question.text = marked("q" + id, sample_text(language, unit * (8 + number % 5 * 6)));
  question.reveal = marked("reveal" + id, sample_text(language, unit * 20));
  const std::size_t count = static_cast<std::size_t>(3 + number % 4);
  question.right = number % static_cast<int>(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool right = static_cast<int>(i) == question.right;
    question.options.push_back(marked(fmt::format("q{}{}", number, letter(i)),
                                      sample_text(language, unit * (lengthy ? 18 : 1))));
    question.whys.push_back(right ? RichText{}
                                  : marked(fmt::format("why{}{}", number, letter(i)),
                                           sample_text(language, unit * 14)));
  }
  return question;
}

ExamPaper paper_in(Language language, int questions) {
  ExamPaper paper{.title = scene::words::exam_title.in(language),
                  .seed = say(scene::words::exam_seed, language, {"7", std::to_string(questions)}),
                  .questions = {}};
  for (int number = 1; number <= questions; ++number)
    paper.questions.push_back(question_of(language, number));
  return paper;
}

std::vector<Scene> pages_of(const ExamPaper& paper, bool answers,
                            Language language = Language::en) {
  return exam_pages(paper, answers, language, scene::plain_metrics());
}

// Pages on which a text begins with this word.
std::set<std::size_t> pages_with(const std::vector<Scene>& pages, const std::string& mark) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < pages.size(); ++i)
    for (const Extent& text : texts_of(pages[i]))
      if (text.what == mark || text.what.starts_with(mark + " ")) found.insert(i);
  return found;
}

template <class Check>
void for_all_sheets(Check check) {
  for (const Language language : scene::languages)
    for (const bool answers : {false, true}) {
      SCOPED_TRACE(std::string(scene::code_of(language)) + (answers ? " answers" : ""));
      const ExamPaper paper = paper_in(language, 20);
      check(paper, pages_of(paper, answers, language), answers);
    }
}

TEST(ExamSheet, NothingLeavesThePaperOrLiesOnAnything) {
  for_all_sheets([](const ExamPaper&, const std::vector<Scene>& pages, bool) {
    ASSERT_GT(pages.size(), 2U);
    for (const Scene& page : pages) {
      EXPECT_EQ(page.size, scene::paper_size);
      expect_inside(page, Rect{100, 90, scene::paper_size.x - 200, scene::paper_size.y - 140});
      expect_apart(page);
      EXPECT_TRUE(page.places.empty());
    }
  });
}

TEST(ExamSheet, EveryQuestionStandsWholeOnOnePage) {
  for_all_sheets([](const ExamPaper& paper, const std::vector<Scene>& pages, bool answers) {
    std::size_t before = 0;
    for (std::size_t q = 0; q < paper.questions.size(); ++q) {
      const std::string id = std::to_string(q + 1);
      const ExamQuestion& question = paper.questions[q];
      std::vector<std::string> marks = {answers ? "reveal" + id : "q" + id, id + "."};
      for (std::size_t i = 0; i < question.options.size(); ++i) {
        marks.push_back("q" + id + letter(i));
        if (answers && static_cast<int>(i) != question.right)
          marks.push_back("why" + id + letter(i));
      }
      const auto page = pages_with(pages, marks[0]);
      ASSERT_EQ(page.size(), 1U) << id;
      for (const std::string& mark : marks) EXPECT_EQ(pages_with(pages, mark), page) << mark;
      EXPECT_GE(*page.begin(), before);
      before = *page.begin();
    }
  });
}

TEST(ExamSheet, SaysEverythingOnce) {
  for_all_sheets([](const ExamPaper&, const std::vector<Scene>& pages, bool answers) {
    std::map<std::string, int> seen;
    for (const Scene& page : pages)
      for (const Extent& text : texts_of(page)) {
        const std::string word = text.what.substr(0, text.what.find(' '));
        const bool mark = word.starts_with("q") || word.starts_with("why") ||
                          word.starts_with("reveal") || word.ends_with(".");
        if (mark && word.find_first_of("0123456789") != std::string::npos) ++seen[word];
      }
    EXPECT_GT(seen.size(), answers ? 100U : 80U);
    for (const auto& [word, times] : seen) EXPECT_EQ(times, 1) << word;
  });
}

TEST(ExamSheet, PagesAreNumberedAndNameTheExam) {
  for_all_sheets([](const ExamPaper& paper, const std::vector<Scene>& pages, bool answers) {
    for (std::size_t i = 0; i < pages.size(); ++i) {
      EXPECT_TRUE(says(pages[i], fmt::format("{} / {}", i + 1, pages.size())));
      EXPECT_TRUE(says(pages[i], paper.title));
      EXPECT_TRUE(says(pages[i], paper.seed));
    }
    for (const Language language : scene::languages)
      if (paper.title == scene::words::exam_title.in(language)) {
        EXPECT_EQ(says(pages[0], scene::words::exam_name.in(language)), !answers);
        EXPECT_EQ(says(pages[1], scene::words::exam_answers.in(language)), answers);
      }
  });
}

TEST(ExamSheet, IsPrintedWithoutColour) {
  const auto grey = [](scene::Color c) { return c.r == c.g && c.g == c.b; };
  for_all_sheets([&](const ExamPaper&, const std::vector<Scene>& pages, bool) {
    for (const Scene& page : pages) {
      EXPECT_EQ(page.ground, scene::rgb(0xFFFFFF));
      for (const auto& item : page.items) {
        if (const auto* text = std::get_if<scene::Text>(&item)) {
          EXPECT_TRUE(grey(text->color)) << text->text;
          EXPECT_GE(contrast(text->color, page.ground), 7) << text->text;
        }
        if (const auto* box = std::get_if<scene::Box>(&item)) {
          EXPECT_TRUE(grey(box->fill) && grey(box->line));
        }
        if (const auto* path = std::get_if<scene::Path>(&item)) {
          EXPECT_TRUE(grey(path->color));
        }
      }
    }
  });
}

TEST(ExamSheet, LinksAndHuesOfTheirOwnDoNotReachPaper) {
  ExamPaper paper = paper_in(Language::en, 1);
  paper.questions[0].text = {{.kind = scene::Block::Kind::paragraph,
                              .spans = {{.text = "key", .link = "part:k.new"},
                                        {.text = "\\q{q} \\k{k}", .formula = true}}}};
  const auto pages = pages_of(paper, false);
  EXPECT_TRUE(pages[0].places.empty());
  for (const auto& item : pages[0].items)
    if (const auto* text = std::get_if<scene::Text>(&item)) {
      EXPECT_EQ(text->color.r, text->color.b) << text->text;
    }
}

std::optional<Rect> place_of(const Scene& page, const std::string& mark) {
  for (const Extent& text : texts_of(page))
    if (text.what.starts_with(mark)) return text.rect;
  return {};
}

TEST(ExamSheet, ShortOptionsStandInTwoColumnsAndLongOnesInOne) {
  const auto page = pages_of(paper_in(Language::en, 3), false)[0];
  const auto a1 = place_of(page, "q1A"), b1 = place_of(page, "q1B"), c1 = place_of(page, "q1C");
  ASSERT_TRUE(a1 && b1 && c1);
  EXPECT_GT(b1->x, a1->x + 300);
  EXPECT_EQ(b1->y, a1->y);
  EXPECT_EQ(c1->x, a1->x);
  EXPECT_GT(c1->y, a1->y);
  const auto a3 = place_of(page, "q3A"), b3 = place_of(page, "q3B");
  ASSERT_TRUE(a3 && b3);
  EXPECT_EQ(b3->x, a3->x);
  EXPECT_GT(b3->y, a3->y);
}

std::vector<Rect> boxes_of(const Scene& page, float least_line) {
  std::vector<Rect> boxes;
  for (const auto& item : page.items)
    if (const auto* box = std::get_if<scene::Box>(&item);
        box && box->fill.a == 0 && box->line_width >= least_line)
      boxes.push_back(box->rect);
  return boxes;
}

TEST(ExamSheet, EveryOptionHasAnEmptyBoxBesideItsLetter) {
  const ExamPaper paper = paper_in(Language::en, 2);
  const auto page = pages_of(paper, false)[0];
  const auto boxes = boxes_of(page, 1.5F);
  EXPECT_EQ(boxes.size(), paper.questions[0].options.size() + paper.questions[1].options.size());
  for (const Rect& box : boxes) {
    const auto texts = texts_of(page);
    EXPECT_TRUE(std::ranges::none_of(
        texts, [&](const Extent& text) { return box.contains(text.rect.center()); }));
    EXPECT_TRUE(std::ranges::any_of(texts, [&](const Extent& text) {
      return text.what.size() == 1 && text.rect.x > box.right() && text.rect.x < box.right() + 20 &&
             text.rect.y < box.bottom() && text.rect.bottom() > box.y;
    }));
  }
}

TEST(ExamSheet, AnswersHaveTheRightLetterInABox) {
  const ExamPaper paper = paper_in(Language::en, 5);
  std::string letters;
  for (const Scene& page : pages_of(paper, true))
    for (const Rect& box : boxes_of(page, 2))
      for (const Extent& text : texts_of(page))
        if (box.contains(text.rect.center())) letters += text.what;
  std::string expected;
  for (const ExamQuestion& question : paper.questions)
    expected += letter(static_cast<std::size_t>(question.right));
  EXPECT_EQ(letters, expected);
}

// A question as long as a page becomes smaller before it would be cut.
TEST(ExamSheet, LongQuestionsBecomeSmaller) {
  ExamPaper paper = paper_in(Language::en, 3);
  paper.questions[1].text = paragraph(sample_text(Language::en, 550));
  const auto pages = pages_of(paper, false);
  for (const Scene& page : pages) {
    expect_inside(page, Rect{100, 90, scene::paper_size.x - 200, scene::paper_size.y - 140});
    expect_apart(page);
  }
  const auto size = [](const Scene& page) {
    for (const auto& item : page.items)
      if (const auto* text = std::get_if<scene::Text>(&item); text && text->text == "1.")
        return scene::info_of(text->font).size;
    return 0.0F;
  };
  EXPECT_LT(size(pages[0]), size(pages_of(paper_in(Language::en, 3), false)[0]));
}

TEST(ExamSheet, OfNoQuestionsIsOneEmptyPage) {
  EXPECT_EQ(pages_of(paper_in(Language::en, 0), false).size(), 1U);
  EXPECT_EQ(pages_of(paper_in(Language::en, 0), true).size(), 1U);
}

TEST(ExamSheetGolden, FirstPages) {
  const ExamPaper paper = paper_in(Language::en, 4);
  expect_golden("scene/golden/exam_questions.txt", to_text(pages_of(paper, false)[0]));
  expect_golden("scene/golden/exam_answers.txt", to_text(pages_of(paper, true)[0]));
}

}  // namespace
}  // namespace kv::test
