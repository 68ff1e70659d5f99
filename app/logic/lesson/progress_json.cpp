#include "app/logic/csv.h"
#include "app/logic/lesson/progress_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/logic/field_reader.h"
#include "core/base/json_describe.h"

namespace kv::app {
namespace {

using Json = nlohmann::json;
using Ordered = nlohmann::ordered_json;

constexpr std::size_t most_entries = 10'000, most_text = 128;

void read_texts(FieldReader& reader, const char* name, std::vector<std::string>& texts) {
  const Json* list = reader.list(name, most_tries);
  if (!list) return;
  for (const Json& text : *list) {
    if (!text.is_string()) return reader.refuse(name, core::describe(text), "texts");
    texts.push_back(text.get<std::string>());
  }
}

void read_answer(FieldReader reader, Answer& answer) {
  reader.text("lesson", answer.lesson, most_text);
  reader.text("beat", answer.beat, most_text);
  read_texts(reader, "tried", answer.tried);
  reader.flag("right", answer.right);
  reader.flag("revealed", answer.revealed);
  if (const Json* votes = reader.list("votes", 16))
    for (const Json& count : *votes)
      if (const auto number = reader.whole_of(count, "votes", 0, 9999))
        answer.votes.push_back(static_cast<int>(*number));
  reader.end();
}

}  // namespace

std::string to_json(const Progress& progress) {
  Ordered json;
  json["version"] = progress_version;
  json["seen"] = Ordered::array();
  for (const auto& [lesson, beat] : progress.seen)
    json["seen"].push_back(Ordered{{"lesson", lesson}, {"beat", beat}});
  json["answers"] = Ordered::array();
  for (const Answer& a : progress.answers) {
    Ordered one{{"lesson", a.lesson}, {"beat", a.beat},         {"tried", a.tried},
                {"right", a.right},   {"revealed", a.revealed}, {"votes", a.votes}};
    json["answers"].push_back(std::move(one));
  }
  return document_text(json);
}

core::Result<Progress> parse_progress(std::string_view text, const std::string& label) {
  auto json = parse_document(text, label, progress_version);
  if (!json) return json.error();
  FieldReader reader(*json, label);
  Progress progress;
  int version = progress_version;
  reader.whole("version", version, 1, progress_version);
  if (const Json* seen = reader.list("seen", most_entries))
    for (const Json& one : *seen) {
      if (!one.is_object()) {
        reader.refuse("seen", core::describe(one), "objects");
        break;
      }
      FieldReader inner = reader.element(one, "seen");
      auto& [lesson, beat] = progress.seen.emplace_back();
      inner.text("lesson", lesson, most_text);
      inner.text("beat", beat, most_text);
      inner.end();
    }
  if (const Json* answers = reader.list("answers", most_entries))
    for (const Json& one : *answers) {
      if (!one.is_object()) {
        reader.refuse("answers", core::describe(one), "objects");
        break;
      }
      read_answer(reader.element(one, "answers"), progress.answers.emplace_back());
    }
  reader.end();
  if (reader.error()) return *reader.error();
  return progress;
}

std::string to_csv(const Progress& progress) {
  std::string csv = "lesson,beat,tries,tried,right,revealed,votes\n";
  for (const Answer& a : progress.answers)
    csv += fmt::format("{},{},{},{},{},{},{}\n", csv_field(a.lesson), csv_field(a.beat), a.tried.size(),
                       csv_field(fmt::format("{}", fmt::join(a.tried, "; "))), a.right ? "yes" : "no",
                       a.revealed ? "yes" : "no", csv_field(fmt::format("{}", fmt::join(a.votes, "; "))));
  return csv;
}

}  // namespace kv::app
