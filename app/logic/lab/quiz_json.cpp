// quiz.json: the structure of a quiz.
#include <algorithm>
#include <set>

#include "app/logic/field_reader.h"
#include "app/logic/lab/quiz.h"
#include "app/logic/lesson/expression.h"
#include "core/base/json_describe.h"

namespace kv::app {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_text = 1024;
constexpr std::size_t most_questions = 256, most_draws = 12, most_among = 64;

bool is_name(const std::string& name) {
  static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
  return !name.empty() && name.find_first_not_of(letters) == std::string::npos;
}

// What means something else where a name may stand.
bool is_taken(const std::string& name) {
  static constexpr const char* taken[] = {"and", "or", "not", "answer", "chosen"};
  return std::ranges::find(taken, name) != std::end(taken);
}

void read_text(FieldReader& reader, const char* field, std::string& text) {
  reader.require(field);
  reader.text(field, text, most_text);
  if (text.empty()) reader.refuse(field, "an empty text", "one that says something");
}

void read_among(FieldReader& reader, std::vector<std::string>& among) {
  reader.require("among");
  const Json* list = reader.list("among", most_among);
  if (!list) return;
  if (list->empty()) return reader.refuse("among", "none", "at least one expression");
  for (const Json& one : *list) {
    if (!one.is_string() || one.get_ref<const std::string&>().empty())
      return reader.refuse("among", core::describe(one), "an expression in quotes");
    among.push_back(one.get<std::string>());
  }
}

// Objects of a list, each with its own reader.
template <class Read>
void read_objects(FieldReader& reader, const char* field, const Json& list, Read read) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string name = std::string(field) + "[" + std::to_string(i + 1) + "]";
    if (!list[i].is_object()) return reader.refuse(name, core::describe(list[i]), "an object");
    FieldReader inner = reader.element(list[i], name);
    read(inner);
    inner.end();
  }
}

void read_draws(FieldReader& reader, std::vector<QuizDraw>& draws) {
  reader.require("draws");
  const Json* list = reader.list("draws", most_draws);
  if (!list) return;
  std::set<std::string> names;
  read_objects(reader, "draws", *list, [&](FieldReader& inner) {
    QuizDraw& draw = draws.emplace_back();
    read_text(inner, "name", draw.name);
    if (!is_name(draw.name))
      inner.refuse("name", core::quoted(draw.name), "small letters and underscores");
    if (is_taken(draw.name))
      inner.refuse("name", core::quoted(draw.name), "another name: this one has a meaning");
    if (!names.insert(draw.name).second)
      inner.refuse("name", core::quoted(draw.name), "a name of its own");
    read_among(inner, draw.among);
  });
}

void read_mistakes(FieldReader& reader, std::vector<QuizOption>& options) {
  reader.require("mistakes");
  const Json* list = reader.list("mistakes", most_mistakes);
  if (!list) return;
  if (list->size() < least_mistakes)
    reader.refuse("mistakes", std::to_string(list->size()),
                  std::to_string(least_mistakes) + " to " + std::to_string(most_mistakes));
  std::set<std::string> ids = {"right"};
  read_objects(reader, "mistakes", *list, [&](FieldReader& inner) {
    QuizOption& option = options.emplace_back();
    inner.id("id", option.id);
    if (!ids.insert(option.id).second)
      inner.refuse(
          "id", core::quoted(option.id),
          option.id == "right" ? "another id: this one is the answer's" : "an id of its own");
    read_text(inner, "value", option.value);
  });
}

void read_question(FieldReader& reader, QuizQuestion& question) {
  reader.id("id", question.id);
  if (question.id == "topics")
    reader.refuse("id", core::quoted(question.id), "another id: this one has a meaning");
  reader.id("topic", question.topic);
  read_draws(reader, question.draws);
  reader.text("condition", question.condition, most_text);
  read_text(reader, "format", question.format);
  if (!format_quantity({.value = 1}, question.format))
    reader.refuse("format", core::quoted(question.format), "a number's format, such as int or x");
  question.options.push_back({"right", ""});
  read_text(reader, "answer", question.options.front().value);
  read_mistakes(reader, question.options);
  read_text(reader, "scenario", question.scenario);
}

}  // namespace

core::Result<std::vector<QuizQuestion>> parse_quiz_json(std::string_view text,
                                                        const std::string& label) {
  auto json = parse_document(text, label, quiz_format, "format");
  if (!json) return json.error();
  FieldReader reader(*json, label);
  std::string schema;
  reader.text("$schema", schema, 256);
  int format = quiz_format;
  reader.whole("format", format, 1, quiz_format);
  reader.require("questions");
  std::vector<QuizQuestion> questions;
  std::set<std::string> ids;
  if (const Json* list = reader.list("questions", most_questions)) {
    if (list->empty()) reader.refuse("questions", "none", "at least one question");
    read_objects(reader, "questions", *list, [&](FieldReader& inner) {
      read_question(inner, questions.emplace_back());
      const std::string& id = questions.back().id;
      if (!ids.insert(id).second) inner.refuse("id", core::quoted(id), "an id of its own");
    });
  }
  reader.end();
  if (reader.error()) return *reader.error();
  return questions;
}

ReadQuiz read_quiz(const LessonFiles& files) {
  ReadQuiz read;
  read.quiz.folder = files.folder;
  auto questions = parse_quiz_json(files.json, files.folder + "/quiz.json");
  if (!questions) {
    read.mistakes.push_back(questions.error().message);
    return read;
  }
  read.quiz.questions = *std::move(questions);
  for (const scene::Language language : scene::languages) {
    const auto index = static_cast<std::size_t>(language);
    const std::string label = files.folder + "/" + scene::code_of(language) + ".md";
    QuizLanguage words =
        parse_quiz_words(files.markdown[index], label, read.quiz.questions, read.mistakes);
    read.quiz.words[index] = std::move(words.words);
    read.quiz.topics[index] = std::move(words.topics);
  }
  return read;
}

}  // namespace kv::app
