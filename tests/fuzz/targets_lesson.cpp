// What a lesson's folder holds, and the small languages in it.
#include <algorithm>
#include <cmath>
#include <set>

#include "app/logic/lesson/expression.h"
#include "app/logic/lesson/lint.h"
#include "app/logic/lesson/markdown.h"
#include "core/base/utf8.h"
#include "tests/fuzz/complaints.h"
#include "tests/fuzz/lesson_printer.h"
#include "tests/fuzz/targets.h"
#include "tests/logic/quantities_fixture.h"
#include "viz/scene/formula.h"

namespace kv::test {
namespace {

using app::Quantity;

// A beat of each kind of question, and one without.
constexpr const char* structure = R"({"format": 1, "id": "a", "model": "pocket", "prompt": "x",
  "beats": [
    {"id": "plain"},
    {"id": "choose", "question": {"kind": "choice", "answer": "1",
      "options": [{"id": "one", "value": "1"}, {"id": "two", "value": "2"}]}},
    {"id": "estimate", "question": {"kind": "number", "answer": "2", "range": ["1", "9"],
      "traps": [{"id": "half", "value": "1"}]}},
    {"id": "click", "question": {"kind": "click", "part": "k.rows@with", "where": "row = 1"}},
    {"id": "draw", "question": {"kind": "draw", "side": "cached", "to": "64",
      "traps": [{"id": "square", "value": "2"}]}}]})";

const app::Lesson& lesson() {
  static const app::Lesson read = *app::parse_lesson_json(structure, "lesson.json");
  return read;
}

const app::Resolver& resolver() {
  static const app::Resolver made = app::resolver_of(source_at(2));
  return made;
}

std::string structure_complaint(const app::Lesson& l) {
  std::set<std::string> ids;
  if (l.beats.empty() || l.beats.size() > 64) return "a number of beats";
  for (const app::Beat& beat : l.beats) {
    if (!ids.insert(beat.id).second) return "two beats " + beat.id;
    if (beat.show.step < 0 || beat.show.layer < 0 || beat.show.head < 0) return "a place";
    if (!beat.question) continue;
    const std::size_t options = beat.question->options.size();
    const bool choice = beat.question->kind == app::QuestionKind::choice;
    if (choice ? options < 2 || options > 6 : options > 0) return "a number of options";
    if (beat.question->tolerance <= 0) return "no tolerance";
  }
  return {};
}

std::string formulas_complaint(const scene::RichText& text) {
  for (const scene::Block& block : text)
    for (const scene::Span& span : block.spans)
      if (span.formula || block.kind == scene::Block::Kind::formula)
        if (const auto mistake = scene::formula_mistake(span.text))
          if (auto complaint = message_complaint(*mistake); !complaint.empty()) return complaint;
  return {};
}

// A section as a beat shows it: filled, and its marks read.
std::string section_complaint(const app::Section& section) {
  const auto filled = app::fill_placeholders(section.text, resolver(), app::escape_markdown);
  if (!filled) return message_complaint(filled.error().message);
  return formulas_complaint(app::parse_markdown(*filled));
}

std::string words_complaint(const app::LessonWords& words) {
  for (const app::BeatWords& beat : words.beats) {
    std::vector<const app::Section*> sections = {&beat.body, &beat.question, &beat.reveal,
                                                 &beat.notes};
    for (const auto* named : {&beat.options, &beat.whys})
      for (const auto& [id, section] : *named) sections.push_back(&section);
    for (const app::Section* section : sections)
      if (auto complaint = section_complaint(*section); !complaint.empty()) return complaint;
  }
  return {};
}

bool same(const Quantity& a, const Quantity& b) {
  return a.value == b.value && a.kind == b.kind && a.text == b.text;
}

std::string value_complaint(const std::string& expression, const Quantity& found) {
  if (found.kind != app::Kind::text && !std::isfinite(found.value)) return "not finite";
  // Refused where the brackets are one more than may be within each other.
  const auto again = app::evaluate("(" + expression + ")", resolver());
  if (again && !same(*again, found)) return "another value in brackets";
  for (const char* format : {"", "int", "flop", "bytes", "ibytes", "seconds", "x", "percent",
                             "fix1", "fix3", "sci", "num", "text"}) {
    const auto text = app::format_quantity(found, format);
    if (text && found.kind == app::Kind::text) continue;  // as it was written
    auto complaint = message_complaint(text ? *text : text.error().message);
    if (!complaint.empty()) return std::string(format) + ": " + complaint;
  }
  return {};
}

// As a title may be: neither marks nor white space at its ends or doubled.
bool is_plain_line(const std::string& line) {
  const bool printable =
      std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
  return printable && !line.empty() && !line.starts_with(' ') && !line.ends_with(' ') &&
         line.find("  ") == std::string::npos && core::find_invalid_utf8(line) == std::string::npos;
}

}  // namespace

std::string fuzz_lesson_json(std::span<const std::uint8_t> bytes) {
  const auto read = app::parse_lesson_json(text_of(bytes), "lesson.json");
  if (!read) return message_complaint(read.error().message);
  if (auto complaint = structure_complaint(*read); !complaint.empty()) return complaint;
  const std::string once = printed(*read);
  const auto again = app::parse_lesson_json(once, "lesson.json");
  return again ? difference(once, printed(*again)) : once + "\n" + again.error().message;
}

std::string fuzz_lesson_words(std::span<const std::uint8_t> bytes) {
  std::vector<std::string> mistakes;
  app::Lesson read = lesson();
  read.words.fill(app::parse_lesson_words(text_of(bytes), "en.md", read, mistakes));
  if (auto complaint = messages_complaint(mistakes); !complaint.empty()) return complaint;
  const app::LessonWords& words = read.words[0];
  if (words.beats.size() != read.beats.size()) return "words of other beats";
  if (mistakes.empty() && std::ranges::any_of(words.beats, [](const app::BeatWords& beat) {
        return beat.body.text.empty();
      }))
    return "no words, and no mistake";
  if (auto complaint = messages_complaint(app::lint_words(read, {read})); !complaint.empty())
    return complaint;
  return words_complaint(words);
}

std::string fuzz_markdown(std::span<const std::uint8_t> bytes) {
  const std::string text = text_of(bytes);
  std::vector<std::string> unknown;
  const scene::RichText read = app::parse_markdown(text, &unknown);
  if (auto complaint = messages_complaint(unknown); !complaint.empty()) return complaint;
  if (auto complaint = formulas_complaint(read); !complaint.empty()) return complaint;
  const bool valid = core::find_invalid_utf8(text) == std::string::npos;
  if (valid && core::find_invalid_utf8(scene::plain_text(read)) != std::string::npos)
    return "characters cut in two";
  const std::string line = text.substr(0, text.find('\n'));
  if (!is_plain_line(line)) return {};
  const auto escaped = scene::plain_text(app::parse_markdown(app::escape_markdown(line)));
  return difference(line, escaped);
}

std::string fuzz_expression(std::span<const std::uint8_t> bytes) {
  const std::string text = text_of(bytes);
  const std::string line = text.substr(0, text.find('\n'));
  const auto value = app::evaluate(line, resolver());
  auto complaint = value ? value_complaint(line, *value) : message_complaint(value.error().message);
  if (!complaint.empty()) return complaint;
  const auto filled = app::fill_placeholders(text, resolver(), app::escape_markdown);
  if (!filled) return message_complaint(filled.error().message);
  return text.find("{{") == std::string::npos ? difference(text, *filled) : "";
}

}  // namespace kv::test
