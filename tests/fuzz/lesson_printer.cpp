#include "tests/fuzz/lesson_printer.h"

#include <nlohmann/json.hpp>

#include "app/logic/setting_ids.h"
#include "core/cost/cost_model.h"

namespace kv::test {
namespace {

using app::QuestionKind;
using Json = nlohmann::ordered_json;

Json text_of_each(const app::PerLanguage& texts) {
  Json json;
  for (const scene::Language language : scene::languages)
    json[scene::code_of(language)] = texts[static_cast<std::size_t>(language)];
  return json;
}

const char* component_id(int component) {
  return component < 0 ? "total" : core::op_count_parts[static_cast<std::size_t>(component)].name;
}

Json cue_json(const app::Cue& cue) {
  Json json = {{"model", cue.model},
               {"prompt", text_of_each(cue.prompt)},
               {"stage", app::stage_ids[static_cast<std::size_t>(cue.stage)]},
               {"step", cue.step},
               {"layer", cue.layer + 1},
               {"head", cue.head + 1},
               {"pace", app::pace_ids[static_cast<std::size_t>(cue.pace)]},
               {"heat", cue.heat},
               {"experiment", app::experiment_ids[static_cast<std::size_t>(cue.experiment)]},
               {"preset", cue.spec.preset},
               {"tokens", cue.spec.tokens},
               {"dtype", core::info_of(cue.spec.dtype).name},
               {"batch", cue.spec.batch},
               {"machine", cue.spec.machine},
               {"log_log", cue.spec.log_log},
               {"component", component_id(cue.spec.component)},
               {"highlight", cue.highlight},
               {"hide", cue.hide}};
  if (cue.operation) json["op"] = scene::info_of(*cue.operation).id;
  if (cue.from)
    json["from"] = {{"step", cue.from->step}, {"op", scene::info_of(cue.from->operation).id}};
  return json;
}

Json options_json(const app::Question& question) {
  Json list = Json::array();
  for (const app::Option& option : question.options)
    list.push_back({{"id", option.id}, {"value", option.value}, {"holds", option.holds}});
  return list;
}

Json traps_json(const app::Question& question) {
  Json list = Json::array();
  for (const app::Trap& trap : question.traps)
    list.push_back(
        {{"id", trap.id}, {"value", trap.value}, {"part", trap.part}, {"where", trap.where}});
  return list;
}

Json question_json(const app::Question& question) {
  Json json = {{"kind", app::question_kind_ids[static_cast<std::size_t>(question.kind)]},
               {"answer", question.answer},
               {"tolerance", question.tolerance}};
  if (question.kind == QuestionKind::choice) {
    json["options"] = options_json(question);
    return json;
  }
  json["traps"] = traps_json(question);
  if (question.kind == QuestionKind::number) {
    json["range"] = question.range;
    json["log"] = question.logarithmic;
  } else if (question.kind == QuestionKind::click) {
    json["part"] = question.part;
    json["where"] = question.where;
  } else {
    json["side"] = question.side == core::Side::cached ? "cached" : "uncached";
    json["component"] = component_id(question.component);
    json["to"] = question.to;
  }
  return json;
}

Json draws_json(const app::QuizQuestion& question) {
  Json list = Json::array();
  for (const app::QuizDraw& draw : question.draws)
    list.push_back({{"name", draw.name}, {"among", draw.among}});
  return list;
}

Json mistakes_json(const app::QuizQuestion& question) {
  Json list = Json::array();
  for (std::size_t i = 1; i < question.options.size(); ++i)
    list.push_back({{"id", question.options[i].id}, {"value", question.options[i].value}});
  return list;
}

}  // namespace

std::string printed(const app::Lesson& lesson) {
  Json json = {{"format", app::lesson_format}, {"id", lesson.id}, {"model", ""}, {"prompt", ""}};
  json["beats"] = Json::array();
  for (const app::Beat& beat : lesson.beats) {
    Json one = {{"id", beat.id}, {"lecture", beat.lecture}, {"show", cue_json(beat.show)}};
    if (beat.question) one["question"] = question_json(*beat.question);
    json["beats"].push_back(std::move(one));
  }
  return json.dump();
}

std::string printed(const std::vector<app::QuizQuestion>& questions) {
  Json json = {{"format", app::quiz_format}, {"questions", Json::array()}};
  for (const app::QuizQuestion& q : questions)
    json["questions"].push_back({{"id", q.id},
                                 {"topic", q.topic},
                                 {"draws", draws_json(q)},
                                 {"condition", q.condition},
                                 {"format", q.format},
                                 {"answer", q.options.front().value},
                                 {"mistakes", mistakes_json(q)},
                                 {"scenario", q.scenario}});
  return json.dump();
}

}  // namespace kv::test
