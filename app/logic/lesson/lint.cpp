#include "app/logic/lesson/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/logic/lesson/lint_text.h"
#include "app/logic/lesson/markdown.h"

namespace kv::app {
namespace {

using scene::Block;
using scene::Language;

constexpr std::size_t least_beats = 4, most_beats = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter(char c) { return is_latin(c) || (static_cast<unsigned char>(c) & 0x80) != 0; }

class WordsLinter {
 public:
  WordsLinter(const Lesson& lesson, const std::vector<Lesson>& lessons,
              const std::vector<std::string>& elsewhere, std::vector<std::string>& mistakes)
      : lesson_(lesson), lessons_(lessons), elsewhere_(elsewhere), mistakes_(mistakes) {}

  void lint(Language language) {
    label_ = lesson_.folder + "/" + scene::code_of(language) + ".md";
    const LessonWords& words = lesson_.in(language);
    for (const BeatWords& beat : words.beats) {
      const int length = length_of(parse_markdown(without_placeholders(beat.body.text)), language);
      if (length > most_length(language))
        wrong(beat.body.line, fmt::format("a text of {}", length),
              fmt::format("at most {} {}", most_length(language),
                          language == Language::zh ? "characters" : "words"));
      lint(beat.body), lint(beat.question), lint(beat.reveal), lint(beat.notes);
      for (const auto& [id, section] : beat.options) lint(section);
      for (const auto& [id, section] : beat.whys) lint(section);
    }
    lint_end(words.beats.back().body);
  }

 private:
  void wrong(int line, const std::string& found, const std::string& expected) {
    mistakes_.push_back(fmt::format("{}:{}: found {}, expected {}", label_, line, found, expected));
  }

  void lint(const Section& section) {
    lint_text(section, label_, [this](const std::string& link) { return known_link(link); },
              mistakes_);
  }

  bool known_link(const std::string& link) const {
    if (link.starts_with("part:")) return scene::parse_part_pattern(link.substr(5)).has_value();
    if (!link.starts_with("lesson:")) return false;
    const std::string id = link.substr(7);
    return std::ranges::find(lessons_, id, &Lesson::id) != lessons_.end() ||
           std::ranges::find(elsewhere_, id) != elsewhere_.end();
  }

  // The last beat leads on.
  void lint_end(const Section& last) {
    const auto self = std::ranges::find(lessons_, lesson_.id, &Lesson::id);
    if (self == lessons_.end() || self + 1 == lessons_.end()) return;
    if (last.text.find("(lesson:" + (self + 1)->id + ")") == std::string::npos)
      wrong(last.line, "no link to the next lesson", "(lesson:" + (self + 1)->id + ")");
  }

  const Lesson& lesson_;
  const std::vector<Lesson>& lessons_;
  const std::vector<std::string>& elsewhere_;
  std::vector<std::string>& mistakes_;
  std::string label_;
};

// Wrong answers, and which of them have a reason.
void lint_reasons(const Question& question, const FilledQuestion& filled,
                  std::vector<std::string>& mistakes) {
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    const std::string& id = question.options[i].id;
    const bool right = static_cast<int>(i) == filled.right;
    if (right && filled.whys.contains(id))
      mistakes.push_back("why " + id + ": found a reason for the right answer, expected none");
    if (!right && !filled.whys.contains(id))
      mistakes.push_back("why " + id + ": found nothing, expected what it would have been true of");
  }
  if (question.kind != QuestionKind::number && question.kind != QuestionKind::draw) return;
  if (question.kind == QuestionKind::number &&
      !(filled.low < filled.high && filled.answer >= filled.low && filled.answer <= filled.high))
    mistakes.push_back("range: found an answer outside of it, expected it within");
  for (std::size_t i = 0; i < filled.traps.size(); ++i) {
    const double trap = filled.traps[i], truth = filled.answer;
    const bool same = question.kind == QuestionKind::draw
                          ? std::fabs(trap - truth) <= question.tolerance
                          : trap > 0 && truth > 0 && trap / truth <= question.tolerance &&
                                truth / trap <= question.tolerance;
    if (same)
      mistakes.push_back("trap " + question.traps[i].id +
                         ": found within the tolerance of the right answer, expected it apart");
  }
}

}  // namespace

int length_of(const scene::RichText& text, Language language) {
  int words = 0, characters = 0;
  for (const Block& block : text) {
    if (block.kind == Block::Kind::code || block.kind == Block::Kind::formula) continue;
    std::string all;
    for (const auto& span : block.spans) all += span.formula ? " N " : span.text;
    bool inside = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto byte = static_cast<unsigned char>(all[i]);
      // Chinese characters stand for themselves; punctuation of any kind for nothing.
      const bool chinese = byte >= 0xE4 && byte <= 0xE9;
      const bool apostrophe = all.compare(i, 3, "\u2019") == 0;
      const bool sign = !apostrophe && (byte == 0xE2 || byte == 0xE3 || byte == 0xEF);
      if (chinese) ++characters;
      const bool letter = !chinese && !sign && !apostrophe && (byte & 0xC0) != 0x80 &&
                          (is_letter(all[i]) || is_digit(all[i]));
      if (letter && !inside) ++words;
      if (letter)
        inside = true;
      else if (all[i] == ' ' || chinese || sign)
        inside = false;
    }
  }
  return language == Language::zh ? words + characters : words;
}

int most_length(Language language) {
  switch (language) {
    case Language::en:
    case Language::ru:
      return 60;
    case Language::ko:
      return 45;
    case Language::zh:
      return 110;
  }
  return 0;
}

std::vector<std::string> lint_words(const Lesson& lesson, const std::vector<Lesson>& lessons,
                                    const std::vector<std::string>& elsewhere) {
  std::vector<std::string> mistakes;
  const std::string structure = lesson.folder + "/lesson.json: ";
  if (lesson.beats.size() < least_beats || lesson.beats.size() > most_beats)
    mistakes.push_back(structure + fmt::format("found {} beats, expected {} to {}",
                                               lesson.beats.size(), least_beats, most_beats));
  if (std::ranges::none_of(lesson.beats, [](const Beat& beat) { return beat.question.has_value(); }))
    mistakes.push_back(structure + "found no question, expected a prediction");
  WordsLinter linter(lesson, lessons, elsewhere, mistakes);
  for (const Language language : scene::languages) linter.lint(language);
  return mistakes;
}

std::vector<std::string> lint_beat(const AppState& state) {
  const LessonState& lesson = state.lesson;
  const auto& filled = lesson.filled;
  if (!filled) return {"found nothing to show, expected a beat"};
  std::vector<std::string> mistakes = filled->mistakes;
  const Cue& cue = lesson.shown_beat()->show;
  const core::ModelConfig& config = state.now.run->model->config;
  if (cue.layer >= config.layers || cue.head >= config.heads)
    mistakes.push_back(fmt::format("show: found layer {} and head {}, expected at most {} and {}",
                                   cue.layer + 1, cue.head + 1, config.layers, config.heads));
  if (!filled->complete && mistakes.empty())
    mistakes.emplace_back("found numbers that are never computed, expected all of them");
  const auto& question = lesson.shown_beat()->question;
  if (question && filled->question && filled->complete)
    lint_reasons(*question, *filled->question, mistakes);
  return mistakes;
}

}  // namespace kv::app
