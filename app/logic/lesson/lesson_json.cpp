// lesson.json: the structure of a lesson.
#include <algorithm>
#include <set>

#include "app/logic/field_reader.h"
#include "app/logic/lesson/lesson.h"
#include "app/logic/setting_ids.h"
#include "core/base/json_describe.h"
#include "core/cost/presets.h"
#include "viz/scene/part_pattern.h"

namespace kv::app {
namespace {

using core::Result;
using Json = nlohmann::json;

constexpr std::size_t most_text = 4096;
constexpr std::uint64_t most_tokens = 1'000'000;

// "yes" is a right answer's feedback, "far" that of an answer which hits no trap.
bool is_reserved(const std::string& id) { return id == "yes" || id == "far"; }

// One text for all languages, or one of each.
void read_prompt(FieldReader& reader, const Json& json, PerLanguage& prompt) {
  const auto found = json.find("prompt");
  if (found == json.end()) return;
  if (found->is_string()) {
    std::string text;
    reader.text("prompt", text, most_text);
    prompt.fill(text);
    return;
  }
  if (auto inner = reader.object("prompt")) {
    for (const scene::Language language : scene::languages) {
      inner->require(scene::code_of(language));
      inner->text(scene::code_of(language), prompt[static_cast<std::size_t>(language)], most_text);
    }
    inner->end();
  }
}

std::array<const char*, scene::operation_count> operation_ids() {
  std::array<const char*, scene::operation_count> ids{};
  std::ranges::transform(scene::operations(), ids.begin(), &scene::OperationInfo::id);
  return ids;
}

void read_component(FieldReader& reader, int& component) {
  std::vector<const char*> ids = {"total"};
  for (const auto& part : core::op_count_parts) ids.push_back(part.name);
  enum class Index {} index{static_cast<Index>(component + 1)};
  reader.choice("component", index, ids);
  component = static_cast<int>(index) - 1;
}

void read_from(FieldReader& reader, const Cue& cue, std::optional<scene::Moment>& from) {
  auto inner = reader.object("from");
  if (!inner) return;
  scene::Moment moment;
  inner->whole("step", moment.step, 0, 4096);
  inner->choice("op", moment.operation, operation_ids());
  moment.layer = scene::in_layer(moment.operation) ? cue.layer : 0;
  inner->end();
  from = moment;
}

void read_names(FieldReader& reader, const char* field, std::vector<std::string>& names) {
  const Json* list = reader.list(field, 32);
  if (!list) return;
  names.clear();
  for (const Json& name : *list) {
    if (!name.is_string() || !scene::parse_part_pattern(name.get<std::string>()))
      return reader.refuse(field, core::describe(name), "the name of a part");
    names.push_back(name.get<std::string>());
  }
}

void read_spec(FieldReader& reader, scene::StageSpec& spec) {
  reader.text("preset", spec.preset, 256);
  if (!spec.preset.empty() && !core::find_preset(spec.preset))
    reader.refuse("preset", core::quoted(spec.preset), "the name of a preset");
  reader.whole("tokens", spec.tokens, 0, most_tokens);
  std::vector<const char*> dtypes;
  for (const auto& info : core::kv_dtypes) dtypes.push_back(info.name);
  reader.choice("dtype", spec.dtype, dtypes);
  reader.whole("batch", spec.batch, 1, 65536);
  static constexpr const char* machines[] = {"a100", "h100"};
  enum class Machine { a100, h100 } machine = spec.machine == "a100" ? Machine::a100 : Machine::h100;
  reader.choice("machine", machine, machines);
  spec.machine = machines[static_cast<int>(machine)];
  reader.flag("log_log", spec.log_log);
  read_component(reader, spec.component);
}

void read_show(FieldReader& reader, const Json& json, Cue& cue) {
  reader.text("model", cue.model, 256);
  read_prompt(reader, json, cue.prompt);
  reader.choice("stage", cue.stage, stage_ids);
  // Growth is shown of the model at hand, a bill and a roof of one worth it.
  cue.spec.log_log = cue.stage == Stage::chart;
  if (cue.stage == Stage::chart) cue.spec.preset.clear();
  reader.whole("step", cue.step, 0, 4096);
  int layer = cue.layer + 1, head = cue.head + 1;
  reader.whole("layer", layer, 1, 256);
  reader.whole("head", head, 1, 256);
  cue.layer = layer - 1, cue.head = head - 1;
  if (json.contains("op")) {
    cue.operation = scene::Operation::choice;
    reader.choice("op", *cue.operation, operation_ids());
  }
  reader.choice("pace", cue.pace, pace_ids);
  read_from(reader, cue, cue.from);
  reader.flag("heat", cue.heat);
  reader.choice("experiment", cue.experiment, experiment_ids);
  read_spec(reader, cue.spec);
  read_names(reader, "highlight", cue.highlight);
  read_names(reader, "hide", cue.hide);
  if (cue.operation && cue.step == 0)
    reader.refuse("op", "it beside step 0", "a step from 1 on: operations belong to a step");
  if (cue.experiment != core::Experiment::none && cue.step < 2)
    reader.refuse("experiment", "it before step 2", "a step with cached rows behind it");
  reader.end();
}

void read_options(FieldReader& reader, Question& question) {
  const Json* list = reader.list("options", 6);
  if (!list || list->size() < 2) return reader.refuse("options", "too few", "two to six options");
  std::set<std::string> ids;
  for (const Json& json : *list) {
    if (!json.is_object()) return reader.refuse("options", core::describe(json), "an object");
    FieldReader inner = reader.element(json, "options");
    Option& option = question.options.emplace_back();
    inner.id("id", option.id);
    inner.text("value", option.value, most_text);
    inner.text("holds", option.holds, most_text);
    inner.end();
    if (is_reserved(option.id))
      inner.refuse("id", core::quoted(option.id), "another id: this one has a meaning");
    if (!ids.insert(option.id).second)
      inner.refuse("id", core::quoted(option.id), "an id of its own");
    if (option.value.empty() == option.holds.empty())
      inner.refuse(option.id, "both or none", "either value or holds");
    if (option.value.empty() == !question.answer.empty())
      inner.refuse(option.id, "a mixture", "values and an answer, or conditions and no answer");
  }
}

void read_traps(FieldReader& reader, Question& question) {
  const Json* list = reader.list("traps", 8);
  if (!list) return;
  std::set<std::string> ids;
  for (const Json& json : *list) {
    if (!json.is_object()) return reader.refuse("traps", core::describe(json), "an object");
    FieldReader inner = reader.element(json, "traps");
    Trap& trap = question.traps.emplace_back();
    inner.id("id", trap.id);
    if (is_reserved(trap.id))
      inner.refuse("id", core::quoted(trap.id), "another id: this one has a meaning");
    if (!ids.insert(trap.id).second) inner.refuse("id", core::quoted(trap.id), "an id of its own");
    inner.text("value", trap.value, most_text);
    inner.text("part", trap.part, 64);
    inner.text("where", trap.where, most_text);
    inner.end();
    if (question.kind == QuestionKind::click ? trap.part.empty() : trap.value.empty())
      inner.refuse(trap.id, "nothing to tell it by",
                   question.kind == QuestionKind::click ? "a part" : "a value");
    if (!trap.part.empty() && !scene::parse_part_pattern(trap.part))
      inner.refuse("part", core::quoted(trap.part), "the name of a part");
  }
}

void read_range(FieldReader& reader, Question& question) {
  reader.require("range");
  const Json* list = reader.list("range", 2);
  if (!list) return;
  if (list->size() != 2 || !(*list)[0].is_string() || !(*list)[1].is_string())
    return reader.refuse("range", core::one_line(list->dump(), 60), "two expressions");
  question.range = {(*list)[0].get<std::string>(), (*list)[1].get<std::string>()};
  reader.flag("log", question.logarithmic);
}

void read_question(FieldReader& reader, Question& question) {
  reader.require("kind");
  reader.choice("kind", question.kind, question_kind_ids);
  reader.text("answer", question.answer, most_text);
  question.tolerance = question.kind == QuestionKind::draw ? 0.35 : 1.25;
  reader.number("tolerance", question.tolerance, 0.001, 1000);
  switch (question.kind) {
    case QuestionKind::choice:
      read_options(reader, question);
      break;
    case QuestionKind::number:
      reader.require("answer");
      read_range(reader, question);
      break;
    case QuestionKind::click:
      reader.require("part");
      reader.text("part", question.part, 64);
      reader.text("where", question.where, most_text);
      if (!scene::parse_part_pattern(question.part))
        reader.refuse("part", core::quoted(question.part), "the name of a part");
      break;
    case QuestionKind::draw: {
      static constexpr const char* sides[] = {"cached", "uncached"};
      reader.choice("side", question.side, sides);
      read_component(reader, question.component);
      reader.require("to");
      reader.text("to", question.to, most_text);
      double from = 1;
      reader.number("from", from, 1, 1);
      break;
    }
  }
  if (question.kind != QuestionKind::choice) read_traps(reader, question);
  reader.end();
}

void read_beat(FieldReader& reader, const Json& json, const Cue& usual, Beat& beat) {
  reader.id("id", beat.id);
  reader.flag("lecture", beat.lecture);
  beat.show = usual;
  const auto show = json.find("show");
  if (auto inner = reader.object("show")) read_show(*inner, *show, beat.show);
  if (auto inner = reader.object("question"))
    read_question(*inner, beat.question.emplace());
  reader.end();
}

}  // namespace

scene::Moment Cue::moment() const {
  if (!operation) return scene::rest_after(step);
  return {.step = step,
          .layer = scene::in_layer(*operation) ? layer : 0,
          .operation = *operation,
          .t = 1};
}

Result<Lesson> parse_lesson_json(std::string_view text, const std::string& label) {
  auto json = parse_document(text, label, lesson_format, "format");
  if (!json) return json.error();
  FieldReader reader(*json, label);
  Lesson lesson;
  std::string schema;
  reader.text("$schema", schema, 256);
  int format = lesson_format;
  reader.whole("format", format, 1, lesson_format);
  reader.id("id", lesson.id);
  Cue usual;
  usual.spec.log_log = false;
  reader.require("model");
  reader.text("model", usual.model, 256);
  reader.require("prompt");
  read_prompt(reader, *json, usual.prompt);
  reader.require("beats");
  const Json* beats = reader.list("beats", 64);
  std::set<std::string> ids;
  if (beats && beats->empty()) reader.refuse("beats", "none", "at least one beat");
  for (std::size_t i = 0; beats && i < beats->size(); ++i) {
    const Json& one = (*beats)[i];
    const std::string name = "beats[" + std::to_string(i + 1) + "]";
    if (!one.is_object()) {
      reader.refuse(name, core::describe(one), "an object");
      break;
    }
    FieldReader inner = reader.element(one, name);
    read_beat(inner, one, usual, lesson.beats.emplace_back());
    if (!ids.insert(lesson.beats.back().id).second)
      inner.refuse("id", core::quoted(lesson.beats.back().id), "an id of its own");
  }
  reader.end();
  if (reader.error()) return *reader.error();
  return lesson;
}

}  // namespace kv::app
