// exam, and check of quizzes, as somebody's script would call them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"
#include "viz/gl/image.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class ExamCommand : public testing::Test {
 protected:
  RunResult run(std::vector<std::string> args) const {
    return run_program(args, {.env = {{"DISPLAY", std::nullopt}, {"WAYLAND_DISPLAY", std::nullopt}},
                              .cwd = folder_.path()});
  }
  RunResult exam(std::vector<std::string> args) const {
    args.insert(args.begin(), "exam");
    return run(args);
  }
  // The paths told, of a command that succeeds.
  std::vector<std::string> written(const std::vector<std::string>& args) const {
    const RunResult result = exam(args);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return lines_of(result.out);
  }
  void expect_refusal(const std::vector<std::string>& args, int status,
                      const std::string& words) const {
    const RunResult result = run(args);
    EXPECT_EQ(result.status, status) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
    EXPECT_THAT(result.err, HasSubstr(words));
  }
  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
      names.insert(entry.path().filename().string());
    return names;
  }
  std::string file(const std::string& name) const { return bytes_of(folder_.path() / name); }

  // A quiz of one question; its files can be written over.
  void write_quiz() const {
    folder_.write("quiz/quiz.json", R"json({"format": 1, "questions": [
      {"id": "double", "topic": "sums", "draws": [{"name": "n", "among": ["3", "5"]}],
       "format": "int", "answer": "2 * n", "scenario": "n={{100 * n | int}} page=drill",
       "mistakes": [{"id": "once", "value": "n"}, {"id": "plus", "value": "n + 20"},
                    {"id": "squared", "value": "100 * n"}]}]})json");
    const std::string words =
        "# Quiz\n\n## topics\n\n### sums\n\n{}\n\n## double\n\n### question\n\n{} {{n | int}}?\n\n"
        "### why once\n\n{}.\n\n### why plus\n\n{}.\n\n### why squared\n\n{}.\n\n"
        "### reveal\n\n{} {{answer | int}}.\n";
    const std::pair<const char*, const char*> own[] = {
        {"en", "twice"}, {"ru", "дважды"}, {"zh", "两倍"}, {"ko", "두 배"}};
    for (const auto& [language, word] : own) {
      std::string text = words;
      for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}"))
        text.replace(at, 2, word);
      folder_.write(std::string("quiz/") + language + ".md", text);
    }
  }

  ScratchFolder folder_{"kvscope exam"};
};

TEST_F(ExamCommand, WritesATable) {
  EXPECT_THAT(written({"--out", "e.csv"}), ElementsAre("e.csv"));
  const std::string csv = file("e.csv");
  EXPECT_THAT(csv, StartsWith("number,id,topic,question,A,B,C,D,E,F,right,answer,"));
  EXPECT_EQ(std::ranges::count(csv, '\r'), 21);  // titles and twenty questions
  written({"--questions", "3", "--out", "three.csv"});
  EXPECT_EQ(std::ranges::count(file("three.csv"), '\r'), 4);
}

TEST_F(ExamCommand, WritesPagesOfQuestionsAndOfAnswers) {
  const auto paths = written({"--seed", "7", "--questions", "12", "--out", "e.svg"});
  ASSERT_GE(paths.size(), 4U);
  EXPECT_EQ(paths[0], "e-1.svg");
  EXPECT_EQ(paths[1], "e-2.svg");
  EXPECT_THAT(paths, testing::Contains("e-answers-1.svg"));
  EXPECT_EQ(files(), std::set(paths.begin(), paths.end()));
  for (const std::string& path : paths) {
    EXPECT_THAT(file(path), StartsWith("<svg xmlns="));
    EXPECT_THAT(file(path), HasSubstr(R"(width="210mm" height="297mm")"));
    EXPECT_THAT(file(path), HasSubstr("seed 7"));
  }
}

TEST_F(ExamCommand, WritesPicturesFineEnoughToPrint) {
  const auto paths = written({"--questions", "2", "--out", "e.png"});
  EXPECT_THAT(paths, ElementsAre("e-1.png", "e-answers-1.png"));
  for (const std::string& path : paths) {
    const auto image = gl::decode_png(file(path), path);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, 2480);
    EXPECT_EQ(image->height, 3508);
    EXPECT_THAT(file(path).substr(0, 64), HasSubstr("pHYs"));
    const auto dark = [&](std::size_t i) { return image->rgba[4 * i] < 128; };
    int pixels = 0;
    for (std::size_t i = 0; i < image->rgba.size() / 4; ++i) pixels += dark(i) ? 1 : 0;
    EXPECT_GT(pixels, 10'000);
  }
}

TEST_F(ExamCommand, TheSameSeedGivesTheSameBytes) {
  for (const std::string ending : {"csv", "svg"}) {
    const auto pages = [&](const std::string& name, const std::string& seed) {
      std::string all;
      for (const std::string& path :
           written({"--seed", seed, "--questions", "5", "--out", name + "." + ending}))
        all += file(path);
      return all;
    };
    EXPECT_EQ(pages("a", "7"), pages("b", "7"));
    EXPECT_NE(pages("a", "7"), pages("b", "8"));
  }
}

TEST_F(ExamCommand, AsksInEveryLanguage) {
  const std::pair<const char*, const char*> names[] = {
      {"en", "Name"}, {"ru", "Имя"}, {"zh", "姓名"}, {"ko", "이름"}};
  for (const auto& [language, name] : names) {
    written({"--questions", "2", "--lang", language, "--out", "e.svg"});
    EXPECT_THAT(file("e-1.svg"), HasSubstr(name));
  }
}

TEST_F(ExamCommand, TakesAQuizOfOnesOwn) {
  write_quiz();
  written({"--quiz", "quiz", "--questions", "4", "--lang", "ko", "--out", "e.csv"});
  EXPECT_THAT(file("e.csv"), HasSubstr("4,double,sums,두 배 "));
}

TEST_F(ExamCommand, RefusesInOneLineAndWritesNothing) {
  expect_refusal({"exam"}, 2, "--out");
  for (const char* out : {"e.pdf", "csv", ""}) expect_refusal({"exam", "--out", out}, 2, "--out");
  for (const char* count : {"0", "-3", "201", "many"})
    expect_refusal({"exam", "--questions", count, "--out", "e.csv"}, 2, "--questions");
  expect_refusal({"exam", "--seed", "x", "--out", "e.csv"}, 2, "--seed");
  expect_refusal({"exam", "--lang", "fr", "--out", "e.csv"}, 2, "--lang");
  expect_refusal({"exam", "--quiz", "none", "--out", "e.csv"}, 4, "none/");
  for (const char* out : {"no/folder/e.csv", "no/folder/e.svg"})
    expect_refusal({"exam", "--out", out}, 3, "no/folder");
  EXPECT_TRUE(files().empty());
}

// The last page has no place to go to; those before it do not stay either.
TEST_F(ExamCommand, WritesAllPagesOrNone) {
  fs::create_directory(folder_.path() / "e-answers-1.svg");
  expect_refusal({"exam", "--questions", "2", "--out", "e.svg"}, 3, "e-answers-1.svg");
  EXPECT_EQ(files(), std::set<std::string>{"e-answers-1.svg"});
}

TEST_F(ExamCommand, PagesThatWereThereStayIfOneCannotBeWritten) {
  folder_.write("e-1.svg", "old");
  fs::create_directory(folder_.path() / "e-answers-1.svg");
  expect_refusal({"exam", "--questions", "2", "--out", "e.svg"}, 3, "e-answers-1.svg");
  EXPECT_EQ(file("e-1.svg"), "old");
}

TEST_F(ExamCommand, ABrokenQuizIsAnInputError) {
  write_quiz();
  folder_.write("quiz/ru.md", "# Quiz\n");
  expect_refusal({"exam", "--quiz", "quiz", "--out", "e.csv"}, 4, "quiz/ru.md:1");
}

TEST_F(ExamCommand, CheckJudgesQuizzes) {
  write_quiz();
  const RunResult good = run({"check", "quiz"});
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_EQ(good.out, "quiz: valid quiz, 1 questions, 4 languages\n");
  folder_.write("quiz/notes.txt", "mine");
  folder_.write("quiz/ru.md", "# Quiz\n");
  const RunResult bad = run({"check", "quiz"});
  EXPECT_EQ(bad.status, 4);
  EXPECT_EQ(bad.out, "");
  EXPECT_THAT(bad.err, HasSubstr("quiz/notes.txt"));
  EXPECT_THAT(bad.err, HasSubstr("quiz/ru.md:1"));
  EXPECT_GE(std::ranges::count(bad.err, '\n'), 2);
}

TEST_F(ExamCommand, CheckFindsCharactersThatCannotBeShown) {
  write_quiz();
  std::string text = file("quiz/en.md");
  text.replace(text.find("### reveal\n\n") + 12, 0, "\u0E01 ");
  folder_.write("quiz/en.md", text);
  expect_refusal({"check", "quiz"}, 4, "quiz/en.md: question double: found U+0E01");
}

// Lessons bring their quiz with them.
TEST_F(ExamCommand, CheckOfLessonsLooksAtTheirQuiz) {
  write_quiz();
  folder_.write("quiz/en.md", "# Quiz\n");
  fs::copy(fs::path(KVSCOPE_SOURCE_DIR) / "lessons/01_one-token-at-a-time",
           folder_.path() / "01_one-token-at-a-time");
  const RunResult result = run({"check", "."});
  EXPECT_EQ(result.status, 4);
  EXPECT_THAT(result.err, HasSubstr("quiz/en.md:1"));
}

}  // namespace
}  // namespace kv::test
