// en.md and its sisters: the words of a quiz, cut into the sections that its structure asks for.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/logic/lab/quiz.h"
#include "app/logic/lesson/pieces.h"

namespace kv::app {
namespace {

constexpr const char* topics_heading = "topics";

class QuizReader {
 public:
  QuizReader(const std::string& label, const std::vector<QuizQuestion>& questions,
             std::vector<std::string>& mistakes)
      : label_(label), questions_(questions), mistakes_(mistakes), lines_(questions.size(), 0) {
    read_.words.resize(questions.size());
    for (const QuizQuestion& question : questions) topics_.insert(question.topic);
  }

  QuizLanguage read(std::string_view markdown) {
    for (const Piece& piece : pieces_of(markdown)) take(piece);
    if (!titled_) wrong(1, "no title", "a first line such as \"# Quiz\"");
    for (const std::string& topic : topics_)
      if (!read_.topics.contains(topic))
        wrong(std::max(topics_line_, 1), "no ### " + topic, "the topic's name below ## topics");
    for (std::size_t i = 0; i < questions_.size(); ++i) check(i);
    return std::move(read_);
  }

 private:
  void wrong(int line, const std::string& found, const std::string& expected) {
    mistakes_.push_back(fmt::format("{}:{}: found {}, expected {}", label_, line, found, expected));
  }

  void take(const Piece& piece) {
    if (piece.level == 1) {
      if (titled_) wrong(piece.line, "a second title", "one");
      titled_ = true;
    }
    if (piece.level == 2) open(piece);
    if (piece.level == 3) take_section(piece);
    if (piece.level < 3 && !trimmed(piece.text).empty())
      wrong(piece.line + 1, "text outside the sections", "it below a heading with ###");
  }

  // A question, or the topics' names.
  void open(const Piece& piece) {
    words_ = nullptr;
    in_topics_ = piece.heading == topics_heading;
    if (in_topics_) {
      if (topics_line_ > 0) wrong(piece.line, "## topics twice", "it once");
      topics_line_ = piece.line;
      return;
    }
    const auto found = std::ranges::find(questions_, piece.heading, &QuizQuestion::id);
    if (found == questions_.end())
      return wrong(piece.line, "question " + core::quoted(piece.heading),
                   "topics, or a question of quiz.json");
    const auto index = static_cast<std::size_t>(found - questions_.begin());
    if (lines_[index] > 0)
      return wrong(piece.line, "question " + core::quoted(piece.heading) + " twice", "it once");
    if (index != next_)
      wrong(piece.line, "question " + core::quoted(piece.heading), "them in quiz.json's order");
    next_ = index + 1;
    lines_[index] = piece.line;
    words_ = &read_.words[index];
  }

  void take_section(const Piece& piece) {
    const Section section{trimmed(piece.text), piece.line};
    if (section.text.empty())
      wrong(piece.line, "nothing below " + core::quoted(piece.heading), "text");
    if (in_topics_) return take_topic(piece, section);
    if (!words_)
      return wrong(piece.line, core::quoted(piece.heading),
                   "it below ## topics or a question of quiz.json");
    Section* const place = place_of(piece.heading);
    if (!place) return wrong(piece.line, core::quoted(piece.heading), "question, reveal or why ID");
    if (place->line > 0) wrong(piece.line, core::quoted(piece.heading) + " twice", "it once");
    *place = section;
  }

  void take_topic(const Piece& piece, const Section& section) {
    if (!topics_.contains(piece.heading))
      return wrong(piece.line, "topic " + core::quoted(piece.heading), "a topic of quiz.json");
    if (section.text.find('\n') != std::string::npos)
      wrong(piece.line, "a name of several lines", "one line");
    if (!read_.topics.emplace(piece.heading, section.text).second)
      wrong(piece.line, "topic " + core::quoted(piece.heading) + " twice", "it once");
  }

  // Null for a section that there is not.
  Section* place_of(const std::string& heading) {
    if (heading == "question") return &words_->question;
    if (heading == "reveal") return &words_->reveal;
    if (!heading.starts_with("why ")) return nullptr;
    return &words_->whys[trimmed(heading.substr(4))];
  }

  // Everything that the structure asks for, and nothing else.
  void check(std::size_t index) {
    const QuizQuestion& question = questions_[index];
    const QuizWords& words = read_.words[index];
    const int line = lines_[index];
    if (line == 0) return wrong(1, "no question " + core::quoted(question.id), "it");
    if (words.question.line == 0) wrong(line, "no ### question", "it");
    if (words.reveal.line == 0) wrong(line, "no ### reveal", "it");
    std::set<std::string> ids;
    for (std::size_t i = 1; i < question.options.size(); ++i) ids.insert(question.options[i].id);
    for (const auto& [id, section] : words.whys)
      if (!ids.contains(id))
        wrong(section.line, "why " + core::quoted(id), "the id of a mistake of quiz.json");
    for (const std::string& id : ids)
      if (!words.whys.contains(id)) wrong(line, "no ### why " + id, "it");
  }

  const std::string& label_;
  const std::vector<QuizQuestion>& questions_;
  std::vector<std::string>& mistakes_;
  std::vector<int> lines_;  // of each question's heading; 0: not seen
  std::set<std::string> topics_;
  QuizLanguage read_;
  QuizWords* words_ = nullptr;
  bool titled_ = false, in_topics_ = false;
  int topics_line_ = 0;
  std::size_t next_ = 0;
};

}  // namespace

QuizLanguage parse_quiz_words(std::string_view markdown, const std::string& label,
                              const std::vector<QuizQuestion>& questions,
                              std::vector<std::string>& mistakes) {
  return QuizReader(label, questions, mistakes).read(markdown);
}

}  // namespace kv::app
