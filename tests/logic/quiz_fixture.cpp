#include "tests/logic/quiz_fixture.h"

#include <fstream>
#include <sstream>

#include "core/model/random_model.h"

namespace kv::test {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr const char* small_json = R"({
  "$schema": "quiz.schema.json",
  "format": 1,
  "questions": [
    {"id": "double", "topic": "twice",
     "draws": [{"name": "n", "among": ["10", "20", "30"]}, {"name": "twice", "among": ["2 * n"]}],
     "condition": "n > 10", "format": "int", "answer": "twice",
     "mistakes": [{"id": "once", "value": "n"}, {"id": "square", "value": "n^2"},
                  {"id": "half", "value": "n / 2"}],
     "scenario": "n={{100 * n}} page=drill"},
    {"id": "triple", "topic": "thrice",
     "draws": [{"name": "model", "among": ["'gpt2'", "'gpt2-xl'"]}, {"name": "n", "among": ["7"]}],
     "format": "x", "answer": "3 * n",
     "mistakes": [{"id": "once", "value": "n"}, {"id": "cube", "value": "n^3"},
                  {"id": "none", "value": "0"}],
     "scenario": "model={{model}} page=drill"}
  ]})";

constexpr const char* small_words = R"(# Quiz

## topics

### twice

Twice as much

### thrice

Three times as much

## double

### question

What is twice {{n}}?

### why once

It is {{chosen | int}} once.

### why square

True of a square.

### why half

True of a half.

### reveal

{{n}} and {{n}} are {{answer | int}}.

## triple

### question

What are three times {{n}} of **{{model}}**?

### why once

True of one.

### why cube

True of a cube.

### why none

True of none.

### reveal

Three.
)";

}  // namespace

app::LessonFiles shipped_quiz_files() {
  const std::string folder = std::string(KVSCOPE_SOURCE_DIR) + "/lessons/quiz";
  app::LessonFiles files;
  files.folder = "lessons/quiz";
  files.json = content_of(folder + "/quiz.json");
  for (const scene::Language language : scene::languages)
    files.markdown[static_cast<std::size_t>(language)] =
        content_of(folder + "/" + scene::code_of(language) + ".md");
  return files;
}

const app::Quiz& shipped_quiz() {
  static const app::Quiz quiz = [] {
    app::ReadQuiz read = app::read_quiz(shipped_quiz_files());
    EXPECT_EQ(read.mistakes, std::vector<std::string>{});
    return std::move(read.quiz);
  }();
  return quiz;
}

app::QuantitySource sizes_alone() {
  app::QuantitySource source;
  source.model_sizes = [](const std::string& name) -> std::shared_ptr<const core::CostConfig> {
    if (!core::is_random_model(name)) return nullptr;
    const auto spec = core::parse_random_model(name);
    if (!spec) return nullptr;
    return std::make_shared<const core::CostConfig>(core::dense_cost_config(spec->config));
  };
  return source;
}

app::LessonFiles small_quiz_files() {
  app::LessonFiles files;
  files.folder = "q";
  files.json = small_json;
  files.markdown.fill(small_words);
  return files;
}

app::AskedQuestion asked(const app::Quiz& quiz, std::uint64_t seed, int n,
                         scene::Language language) {
  const auto question = app::ask(quiz, seed, n, language, sizes_alone());
  EXPECT_TRUE(question) << question.error().message;
  return question ? *question : app::AskedQuestion{};
}

}  // namespace kv::test
