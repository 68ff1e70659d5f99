// Exams: the table parses back to what was asked, and every page of the program's own quiz is tidy.
#include "app/logic/lab/exam.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/logic/quiz_fixture.h"

namespace kv::test {
namespace {

using app::Exam;
using app::Quiz;
using scene::Language;
using Row = std::map<std::string, std::string>;

app::ReadQuiz small_quiz() {
  app::LessonFiles files;
  files.folder = "quiz";
  // clang-format off
  files.json = R"json({"format": 1, "questions": [
    {"id": "double", "topic": "sums", "draws": [{"name": "n", "among": ["3", "5", "7"]}],
     "format": "int", "answer": "2 * n", "scenario": "n={{n}}",
     "mistakes": [{"id": "half", "value": "n / 2"}, {"id": "once", "value": "n"},
                  {"id": "squared", "value": "n * n + 1"}]},
    {"id": "cache", "topic": "bytes", "draws": [{"name": "n", "among": ["1000", "2000"]}],
     "format": "bytes", "answer": "kv_bytes('llama-3-8b', n)", "scenario": "n={{n}}",
     "mistakes": [{"id": "one-side", "value": "kv_bytes('llama-3-8b', n) / 2"},
                  {"id": "all-heads", "value": "4 * kv_bytes('llama-3-8b', n)"},
                  {"id": "bits", "value": "8 * kv_bytes('llama-3-8b', n)"}]}]})json";
  // clang-format on
  const std::string words =
      "# Quiz\n## topics\n### sums\nSums\n### bytes\nBytes\n"
      "## double\n### question\nWhat is \"twice\" {{n | int}}, *please*?\n\n$$ \\frac{n}{m} $$\n"
      "### why half\nHalf, not twice\n### why once\nOnce, \"only\"\n### why squared\nThat is "
      "$n^2$\n### reveal\nTwo of them.\n"
      "## cache\n### question\nHow large is the cache of {{n | int}} tokens?\n"
      "### why one-side\nKeys, but no values\n### why all-heads\nThat many heads\n"
      "### why bits\nBits\n### reveal\nIt is {{answer | bytes}}.\n";
  files.markdown.fill(words);
  return app::read_quiz(files);
}

Exam exam_of(const Quiz& quiz, std::uint64_t seed, int questions,
             Language language = Language::en) {
  const auto exam = app::make_exam(quiz, seed, questions, language, sizes_alone());
  EXPECT_TRUE(exam) << (exam ? "" : exam.error().message);
  return exam ? *exam : Exam{};
}

// RFC 4180, strictly: rows end in CRLF, quotes stand only where they must.
std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1);
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += text[++i];
    } else if (c == '"') {
      EXPECT_TRUE(quoted || field.empty()) << "a quote within " << field;
      quoted = !quoted;
    } else if (quoted) {
      field += c;
    } else if (c == ',') {
      rows.back().push_back(std::exchange(field, ""));
    } else if (c == '\r') {
      EXPECT_EQ(text[i + 1], '\n');
      ++i;
      rows.back().push_back(std::exchange(field, ""));
      rows.emplace_back();
    } else {
      EXPECT_NE(c, '\n') << "a line's end without a carriage return";
      field += c;
    }
  }
  EXPECT_TRUE(rows.back().empty() && field.empty() && !quoted);
  rows.pop_back();
  return rows;
}

std::vector<Row> table_of(const Exam& exam) {
  const auto lines = parse_csv(to_csv(exam));
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].size(), lines[0].size());
    Row row;
    for (std::size_t k = 0; k < lines[i].size(); ++k) row[lines[0][k]] = lines[i][k];
    rows.push_back(std::move(row));
  }
  return rows;
}

TEST(Exam, AsksAsManyAsItIsToldTo) {
  const auto read = small_quiz();
  ASSERT_THAT(read.mistakes, testing::IsEmpty());
  for (const int count : {1, 2, 7, app::most_exam_questions})
    EXPECT_EQ(exam_of(read.quiz, 3, count).questions.size(), static_cast<std::size_t>(count));
  for (const int count : {-1, 0, app::most_exam_questions + 1}) {
    const auto refused = app::make_exam(read.quiz, 3, count, Language::en, {});
    ASSERT_FALSE(refused) << count;
    EXPECT_EQ(refused.error().kind, core::ErrorKind::usage);
    EXPECT_THAT(refused.error().message, testing::HasSubstr(std::to_string(count)));
  }
  EXPECT_FALSE(app::make_exam({}, 3, 5, Language::en, {}));
}

TEST(Exam, IsTheSameForTheSameSeedAlone) {
  const Quiz& quiz = shipped_quiz();
  EXPECT_EQ(to_csv(exam_of(quiz, 7, 20)), to_csv(exam_of(quiz, 7, 20)));
  EXPECT_NE(to_csv(exam_of(quiz, 7, 20)), to_csv(exam_of(quiz, 8, 20)));
  // A longer exam begins with the shorter one.
  const auto longer = to_csv(exam_of(quiz, 7, 21));
  EXPECT_TRUE(longer.starts_with(to_csv(exam_of(quiz, 7, 20))));
}

TEST(ExamCsv, ParsesBackToWhatWasAsked) {
  const Exam exam = exam_of(small_quiz().quiz, 11, 6);
  const auto rows = table_of(exam);
  ASSERT_EQ(rows.size(), 6U);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& asked = exam.questions[i];
    Row row = rows[i];
    EXPECT_EQ(row["number"], std::to_string(i + 1));
    EXPECT_EQ(row["id"], asked.id);
    EXPECT_EQ(row["topic"], asked.topic);
    for (std::size_t k = 0; k < 6; ++k) {
      const std::string letter(1, static_cast<char>('A' + k));
      const bool there = k < asked.options.size();
      const bool wrong = there && static_cast<int>(k) != asked.right;
      EXPECT_EQ(row[letter], there ? asked.option_texts[k] : "");
      EXPECT_EQ(row["mistake_" + letter], wrong ? asked.mistakes[k] : "");
      EXPECT_EQ(row["why_" + letter].empty(), !wrong) << letter;
    }
  }
}

TEST(ExamCsv, RightLettersAgreeWithTheRightAnswers) {
  for (const auto& quiz : {small_quiz().quiz, shipped_quiz()}) {
    const Exam exam = exam_of(quiz, 5, 40);
    std::set<std::string> letters;
    for (Row& row : table_of(exam)) {
      ASSERT_EQ(row["right"].size(), 1U);
      EXPECT_EQ(row[row["right"]], row["answer"]) << row["id"];
      EXPECT_FALSE(row["answer"].empty());
      EXPECT_EQ(row["mistake_" + row["right"]], "");
      EXPECT_NE(row["reason"], "");
      letters.insert(row["right"]);
    }
    EXPECT_GE(letters.size(), 3U);  // it does not always stand at the same place
    for (const auto& asked : exam.questions)
      EXPECT_EQ(asked.mistakes[static_cast<std::size_t>(asked.right)], "right");
  }
}

TEST(ExamCsv, FlattensWhatIsNoPlainText) {
  for (Row& row : table_of(exam_of(small_quiz().quiz, 2, 2))) {
    if (row["id"] != "double") continue;
    EXPECT_THAT(row["question"], testing::MatchesRegex("What is \"twice\" [357], please\\? n/m"));
    for (const std::string letter : {"A", "B", "C"})
      if (row["mistake_" + letter] == "squared") {
        EXPECT_EQ(row["why_" + letter], "That is n\u00B2");
      }
    return;
  }
  FAIL() << "the question was not asked";
}

TEST(ExamPaper, HasWhatWasAsked) {
  const Exam exam = exam_of(small_quiz().quiz, 12, 4, Language::ko);
  const auto paper = paper_of(exam);
  EXPECT_EQ(paper.title, scene::words::exam_title.in(Language::ko));
  EXPECT_THAT(paper.seed, testing::AllOf(testing::HasSubstr("12"), testing::HasSubstr("4")));
  ASSERT_EQ(paper.questions.size(), exam.questions.size());
  for (std::size_t i = 0; i < paper.questions.size(); ++i) {
    EXPECT_EQ(paper.questions[i].text, exam.questions[i].text);
    EXPECT_EQ(paper.questions[i].options, exam.questions[i].options);
    EXPECT_EQ(paper.questions[i].whys, exam.questions[i].whys);
    EXPECT_EQ(paper.questions[i].reveal, exam.questions[i].reveal);
    EXPECT_EQ(paper.questions[i].right, exam.questions[i].right);
  }
}

// All questions of the program's own quiz on paper, in every language.
TEST(ExamPaper, OfTheOwnQuizStaysOnItsPages) {
  const Quiz& quiz = shipped_quiz();
  const auto metrics = scene::plain_metrics();
  for (const Language language : scene::languages) {
    const auto count = static_cast<int>(quiz.questions.size());
    const auto paper = paper_of(exam_of(quiz, 4, count, language));
    for (const bool answers : {false, true}) {
      SCOPED_TRACE(std::string(scene::code_of(language)) + (answers ? " answers" : ""));
      int numbers = 0;
      for (const auto& page : exam_pages(paper, answers, language, metrics))
        for (const auto& item : page.items) {
          const auto* text = std::get_if<scene::Text>(&item);
          if (!text) continue;
          EXPECT_GE(text->at.x, 100) << text->text;
          EXPECT_LE(text->at.x + metrics.width(text->text, text->font), 1140) << text->text;
          EXPECT_LE(text->at.y + scene::info_of(text->font).size, 1710) << text->text;
          numbers += text->text == std::to_string(numbers + 1) + "." ? 1 : 0;
        }
      EXPECT_EQ(numbers, count);
    }
  }
}

}  // namespace
}  // namespace kv::test
