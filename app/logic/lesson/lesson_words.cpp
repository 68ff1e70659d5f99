// en.md and its sisters: the words of a lesson, cut into the sections that its structure asks for.
#include <algorithm>

#include <fmt/format.h>

#include "app/logic/lesson/lesson.h"
#include "app/logic/lesson/pieces.h"

namespace kv::app {
namespace {

class WordsReader {
 public:
  WordsReader(const std::string& label, const Lesson& lesson, std::vector<std::string>& mistakes)
      : label_(label), lesson_(lesson), mistakes_(mistakes) {
    words_.beats.resize(lesson.beats.size());
  }

  LessonWords read(std::string_view markdown) {
    for (const Piece& piece : pieces_of(markdown)) take(piece);
    if (words_.title.empty()) wrong(1, "no title", "a first line such as \"# With a cache\"");
    for (std::size_t i = 0; i < words_.beats.size(); ++i) check(i);
    return std::move(words_);
  }

 private:
  void wrong(int line, const std::string& found, const std::string& expected) {
    mistakes_.push_back(fmt::format("{}:{}: found {}, expected {}", label_, std::max(line, 1),
                                    found, expected));
  }

  void take(const Piece& piece) {
    if (piece.level == 1) {
      if (!words_.title.empty()) wrong(piece.line, "a second title", "one");
      words_.title = piece.heading;
    }
    if (piece.level == 2) take_beat(piece);
    if (piece.level == 3) take_section(piece);
    if (piece.level < 2 && !trimmed(piece.text).empty())
      wrong(piece.line + 1, "text before the first beat", "\"## \" and a beat's id");
  }

  void take_beat(const Piece& piece) {
    beat_ = nullptr;
    const auto found = std::ranges::find(lesson_.beats, piece.heading, &Beat::id);
    if (found == lesson_.beats.end())
      return wrong(piece.line, "beat " + core::quoted(piece.heading), "a beat of lesson.json");
    const auto index = static_cast<std::size_t>(found - lesson_.beats.begin());
    if (words_.beats[index].body.line > 0)
      return wrong(piece.line, "beat " + core::quoted(piece.heading) + " twice", "it once");
    if (index != next_++)
      wrong(piece.line, "beat " + core::quoted(piece.heading), "the beats in lesson.json's order");
    next_ = index + 1;
    beat_ = &words_.beats[index];
    beat_->body = {trimmed(piece.text), piece.line};
  }

  void take_section(const Piece& piece) {
    if (!beat_)
      return wrong(piece.line, core::quoted(piece.heading), "it below a beat of lesson.json");
    const Section section{trimmed(piece.text), piece.line};
    const std::size_t space = piece.heading.find(' ');
    const std::string kind = piece.heading.substr(0, space);
    const std::string id = space == std::string::npos ? "" : trimmed(piece.heading.substr(space));
    if (section.text.empty()) wrong(piece.line, "nothing below " + core::quoted(piece.heading), "text");
    Section* const place = place_of(kind, id);
    if (!place)
      return wrong(piece.line, core::quoted(piece.heading),
                   "question, option ID, why ID, reveal or notes");
    if (place->line > 0) wrong(piece.line, core::quoted(piece.heading) + " twice", "it once");
    *place = section;
  }

  // Null for a section that there is not.
  Section* place_of(const std::string& kind, const std::string& id) {
    if (kind == "option" && !id.empty()) return &beat_->options[id];
    if (kind == "why" && !id.empty()) return &beat_->whys[id];
    if (!id.empty()) return nullptr;
    if (kind == "question") return &beat_->question;
    if (kind == "reveal") return &beat_->reveal;
    return kind == "notes" ? &beat_->notes : nullptr;
  }

  // Everything that the structure asks for, and nothing else.
  void check(std::size_t index) {
    const Beat& beat = lesson_.beats[index];
    const BeatWords& words = words_.beats[index];
    if (words.body.line == 0) return wrong(1, "no beat " + core::quoted(beat.id), "it");
    const int line = words.body.line;
    if (words.body.text.empty()) wrong(line, "a beat without words", "its text");
    if (!beat.question) {
      if (words.question.line + words.reveal.line > 0 || !words.options.empty() ||
          !words.whys.empty())
        wrong(line, "words of a question", "none: lesson.json asks nothing in this beat");
      return;
    }
    if (words.question.line == 0) wrong(line, "no ### question", "it");
    if (words.reveal.line == 0) wrong(line, "no ### reveal", "it");
    std::vector<std::string> options, whys;
    for (const Option& option : beat.question->options)
      options.push_back(option.id), whys.push_back(option.id);
    for (const Trap& trap : beat.question->traps) whys.push_back(trap.id);
    if (beat.question->kind != QuestionKind::choice) whys.push_back("far");
    compare("option", options, words.options, options.size(), line);
    // The right option needs no reason; which one it is, is computed.
    const std::size_t least = whys.size() - (options.empty() ? 0 : 1);
    compare("why", whys, words.whys, least, line);
  }

  void compare(const std::string& what, const std::vector<std::string>& ids,
               const std::map<std::string, Section>& found, std::size_t least, int line) {
    for (const auto& [id, section] : found)
      if (std::ranges::find(ids, id) == ids.end())
        wrong(section.line, what + " " + core::quoted(id), "an id of lesson.json");
    if (found.size() >= least) return;
    for (const std::string& id : ids)
      if (!found.contains(id)) wrong(line, "no ### " + what + " " + id, "it");
  }

  const std::string& label_;
  const Lesson& lesson_;
  std::vector<std::string>& mistakes_;
  LessonWords words_;
  BeatWords* beat_ = nullptr;
  std::size_t next_ = 0;
};

// The number before the first "_" of the folder's last name.
int number_of(const std::string& folder) {
  std::size_t end = folder.size();
  while (end > 0 && folder[end - 1] == '/') --end;
  const std::size_t slash = end == 0 ? std::string::npos : folder.rfind('/', end - 1);
  int number = 0;
  for (std::size_t i = slash == std::string::npos ? 0 : slash + 1; i < end; ++i) {
    if (folder[i] == '_') return number;
    if (folder[i] < '0' || folder[i] > '9' || number > 9999) return 0;
    number = 10 * number + (folder[i] - '0');
  }
  return 0;
}

}  // namespace

LessonWords parse_lesson_words(std::string_view markdown, const std::string& label,
                               const Lesson& lesson, std::vector<std::string>& mistakes) {
  return WordsReader(label, lesson, mistakes).read(markdown);
}

ReadLesson read_lesson(const LessonFiles& files) {
  ReadLesson read;
  auto lesson = parse_lesson_json(files.json, files.folder + "/lesson.json");
  if (!lesson) {
    read.mistakes.push_back(lesson.error().message);
    return read;
  }
  read.lesson = *std::move(lesson);
  read.lesson.folder = files.folder;
  read.lesson.number = number_of(files.folder);
  for (const scene::Language language : scene::languages) {
    const auto index = static_cast<std::size_t>(language);
    const std::string label = files.folder + "/" + scene::code_of(language) + ".md";
    read.lesson.words[index] =
        parse_lesson_words(files.markdown[index], label, read.lesson, read.mistakes);
  }
  return read;
}

}  // namespace kv::app
