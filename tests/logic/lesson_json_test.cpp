// lesson.json: everything in it arrives, what is left out has its default, and what is wrong is
// named in one line.
#include <nlohmann/json.hpp>

#include "tests/logic/lesson_fixture.h"

namespace kv::test {
namespace {

using app::Beat;
using app::Lesson;
using app::QuestionKind;
using scene::Language;
using scene::Operation;
using Json = nlohmann::json;

const char* const whole = R"({
  "$schema": "../lesson.schema.json",
  "format": 1,
  "id": "with-cache",
  "model": "pocket",
  "prompt": {"en": "A grey cat", "ru": "Серый кот", "zh": "灰猫", "ko": "회색 고양이"},
  "beats": [
    {"id": "everything", "lecture": true, "show": {
       "model": "story", "prompt": "Once", "stage": "decode", "step": 3, "layer": 2, "head": 4,
       "op": "scores", "from": {"step": 2, "op": "mlp"}, "pace": "layer", "heat": true,
       "log_log": true, "component": "scores", "experiment": "stale-weights",
       "preset": "llama-2-7b", "tokens": 100000, "dtype": "int8", "batch": 4, "machine": "a100",
       "highlight": ["k.rows@with", "flops.step@without"], "hide": ["ratio"]}},
    {"id": "a-choice", "question": {"kind": "choice", "answer": "tokens",
       "options": [{"id": "a", "value": "1"}, {"id": "b", "value": "tokens"}]}},
    {"id": "a-condition", "question": {"kind": "choice",
       "options": [{"id": "a", "holds": "tokens = 1"}, {"id": "b", "holds": "tokens > 1"}]}},
    {"id": "a-number", "question": {"kind": "number", "answer": "6*7", "tolerance": 1.5,
       "range": ["1", "tokens^2"], "log": true, "traps": [{"id": "linear", "value": "tokens"}]}},
    {"id": "a-click", "question": {"kind": "click", "part": "k.new@with", "where": "row = 3",
       "traps": [{"id": "old", "part": "v.old", "where": "column = 0"}]}},
    {"id": "a-curve", "show": {"stage": "chart"}, "question": {"kind": "draw", "side": "cached",
       "component": "mlp", "from": 1, "to": "512", "tolerance": 0.2,
       "traps": [{"id": "flat", "value": "0"}]}}
  ]})";

// The whole lesson with one member replaced; null removes it.
std::string with(std::string_view pointer, const Json& value) {
  Json json = Json::parse(whole);
  const Json::json_pointer at{std::string(pointer)};
  if (value.is_null())
    json.at(at.parent_pointer()).erase(at.back());
  else
    json[at] = value;
  return json.dump();
}

Lesson read(const std::string& text = whole) {
  auto lesson = app::parse_lesson_json(text, "lesson.json");
  EXPECT_TRUE(lesson) << (lesson ? "" : lesson.error().message);
  return lesson ? *lesson : Lesson{};
}

const app::Question& question(const Lesson& lesson, std::size_t beat) {
  return *lesson.beats.at(beat).question;
}

TEST(LessonJson, EveryFieldOfACueArrives) {
  const Lesson lesson = read();
  EXPECT_EQ(lesson.id, "with-cache");
  ASSERT_EQ(lesson.beats.size(), 6U);
  const Beat& beat = lesson.beats[0];
  EXPECT_EQ(beat.id, "everything");
  EXPECT_TRUE(beat.lecture);
  EXPECT_FALSE(beat.question);
  const app::Cue& cue = beat.show;
  EXPECT_EQ(cue.model, "story");
  for (const std::string& prompt : cue.prompt) EXPECT_EQ(prompt, "Once");
  EXPECT_EQ(cue.stage, scene::Stage::decode);
  EXPECT_EQ(cue.step, 3);
  EXPECT_EQ(cue.layer, 1);
  EXPECT_EQ(cue.head, 3);
  EXPECT_EQ(cue.operation, Operation::scores);
  EXPECT_EQ(cue.from, (scene::Moment{2, 1, Operation::mlp, 1}));
  EXPECT_EQ(cue.pace, scene::Pace::layer);
  EXPECT_TRUE(cue.heat);
  EXPECT_EQ(cue.experiment, core::Experiment::stale_weights);
  EXPECT_EQ(cue.spec, (scene::StageSpec{.preset = "llama-2-7b",
                                        .tokens = 100000,
                                        .dtype = core::KvDtype::int8,
                                        .batch = 4,
                                        .machine = "a100",
                                        .component = 3,
                                        .log_log = true}));
  EXPECT_STREQ(core::op_count_parts[3].name, "scores");
  EXPECT_EQ(cue.highlight, (std::vector<std::string>{"k.rows@with", "flops.step@without"}));
  EXPECT_EQ(cue.hide, std::vector<std::string>{"ratio"});
  EXPECT_EQ(cue.moment(), (scene::Moment{3, 1, Operation::scores, 1}));
}

TEST(LessonJson, WhatIsLeftOutHasItsDefault) {
  const Lesson lesson = read();
  const app::Cue& cue = lesson.beats[1].show;
  EXPECT_FALSE(lesson.beats[1].lecture);
  EXPECT_EQ(cue.model, "pocket");
  EXPECT_EQ(cue.prompt, (app::PerLanguage{"A grey cat", "Серый кот", "灰猫", "회색 고양이"}));
  EXPECT_EQ(cue.stage, scene::Stage::decode);
  EXPECT_EQ(cue.step, 1);
  EXPECT_EQ(cue.layer, 0);
  EXPECT_EQ(cue.head, 0);
  EXPECT_FALSE(cue.operation || cue.from || cue.heat);
  EXPECT_EQ(cue.pace, scene::Pace::token);
  EXPECT_EQ(cue.experiment, core::Experiment::none);
  EXPECT_EQ(cue.spec.component, -1);
  EXPECT_EQ(cue.spec.tokens, 0);
  EXPECT_TRUE(cue.highlight.empty() && cue.hide.empty());
  EXPECT_EQ(cue.moment(), scene::rest_after(1));
}

// The format's defaults are the same whether "show" is empty or is not there at all.
TEST(LessonJson, NoShowIsAnEmptyShow) {
  const app::Cue none = read().beats[1].show;
  const app::Cue empty = read(with("/beats/1/show", Json::object())).beats[1].show;
  EXPECT_TRUE(none.spec == empty.spec) << "log-log: " << none.spec.log_log;
  EXPECT_FALSE(empty.spec.log_log);
}

TEST(LessonJson, ALargeChartIsOfTheModelAtHandAndLogLog) {
  const app::Cue cue = read().beats[5].show;
  EXPECT_EQ(cue.stage, scene::Stage::chart);
  EXPECT_TRUE(cue.spec.log_log);
  EXPECT_EQ(cue.spec.preset, "");
  const app::Cue asked =
      read(with("/beats/5/show", {{"stage", "chart"}, {"preset", "gpt2"}, {"log_log", false}}))
          .beats[5]
          .show;
  EXPECT_FALSE(asked.spec.log_log);
  EXPECT_EQ(asked.spec.preset, "gpt2");
  EXPECT_EQ(read(with("/beats/5/show", {{"stage", "bill"}})).beats[5].show.spec.preset,
            "llama-3-8b");
}

TEST(LessonJson, FromStandsInTheLayerOfTheCueWhereItsOperationHasOne) {
  const auto from = [](const char* op) {
    return read(with("/beats/0/show/from", {{"step", 1}, {"op", op}})).beats[0].show.from;
  };
  EXPECT_EQ(from("softmax"), (scene::Moment{1, 1, Operation::softmax, 1}));
  EXPECT_EQ(from("logits"), (scene::Moment{1, 0, Operation::logits, 1}));
  EXPECT_EQ(read(with("/beats/0/show/from", {{"step", 1}})).beats[0].show.from,
            scene::rest_after(1));
}

TEST(LessonJson, AChoiceHasValuesOrConditions) {
  const Lesson lesson = read();
  const app::Question& values = question(lesson, 1);
  EXPECT_EQ(values.kind, QuestionKind::choice);
  EXPECT_EQ(values.answer, "tokens");
  ASSERT_EQ(values.options.size(), 2U);
  EXPECT_EQ(values.options[1].id, "b");
  EXPECT_EQ(values.options[1].value, "tokens");
  EXPECT_EQ(values.options[1].holds, "");
  const app::Question& conditions = question(lesson, 2);
  EXPECT_EQ(conditions.answer, "");
  ASSERT_EQ(conditions.options.size(), 2U);
  EXPECT_EQ(conditions.options[0].holds, "tokens = 1");
  EXPECT_EQ(conditions.options[0].value, "");
}

TEST(LessonJson, ANumberHasAScaleAndTraps) {
  const Lesson lesson = read();
  const app::Question& q = question(lesson, 3);
  EXPECT_EQ(q.kind, QuestionKind::number);
  EXPECT_EQ(q.answer, "6*7");
  EXPECT_EQ(q.tolerance, 1.5);
  EXPECT_EQ(q.range, (std::array<std::string, 2>{"1", "tokens^2"}));
  EXPECT_TRUE(q.logarithmic);
  ASSERT_EQ(q.traps.size(), 1U);
  EXPECT_EQ(q.traps[0].id, "linear");
  EXPECT_EQ(q.traps[0].value, "tokens");
  const Lesson plain =
      read(with("/beats/3/question", {{"kind", "number"}, {"answer", "1"}, {"range", {"0", "2"}}}));
  EXPECT_EQ(question(plain, 3).tolerance, 1.25);
  EXPECT_FALSE(question(plain, 3).logarithmic);
}

TEST(LessonJson, AClickHasAPartAndTraps) {
  const Lesson lesson = read();
  const app::Question& q = question(lesson, 4);
  EXPECT_EQ(q.kind, QuestionKind::click);
  EXPECT_EQ(q.part, "k.new@with");
  EXPECT_EQ(q.where, "row = 3");
  ASSERT_EQ(q.traps.size(), 1U);
  EXPECT_EQ(q.traps[0].part, "v.old");
  EXPECT_EQ(q.traps[0].where, "column = 0");
}

TEST(LessonJson, ACurveHasASideAndAnEnd) {
  const Lesson lesson = read();
  const app::Question& q = question(lesson, 5);
  EXPECT_EQ(q.kind, QuestionKind::draw);
  EXPECT_EQ(q.side, core::Side::cached);
  EXPECT_STREQ(core::op_count_parts.at(static_cast<std::size_t>(q.component)).name, "mlp");
  EXPECT_EQ(q.to, "512");
  EXPECT_EQ(q.tolerance, 0.2);
  EXPECT_EQ(q.traps.at(0).id, "flat");
  const Lesson plain = read(with("/beats/5/question", {{"kind", "draw"}, {"to", "9"}}));
  EXPECT_EQ(question(plain, 5).side, core::Side::uncached);
  EXPECT_EQ(question(plain, 5).component, -1);
  EXPECT_EQ(question(plain, 5).tolerance, 0.35);
}

struct Refusal {
  const char* pointer;
  Json value;
  const char* message;
};

void expect_refused(const std::string& text, const std::string& message) {
  const auto lesson = app::parse_lesson_json(text, "x/lesson.json");
  ASSERT_FALSE(lesson) << message;
  EXPECT_EQ(lesson.error().kind, core::ErrorKind::input);
  EXPECT_TRUE(lesson.error().message.starts_with("x/lesson.json: " + message))
      << lesson.error().message << "\n  not: " << message;
  EXPECT_EQ(lesson.error().message.find('\n'), std::string::npos);
}

TEST(LessonJson, EveryFieldOfTheLessonIsChecked) {
  const Json beat = Json::parse(whole)["beats"][0];
  const Refusal refusals[] = {
      {"/format", nullptr, "format: found nothing"},
      {"/format", 2, "format: found 2, expected at most 1: a newer kvscope wrote this file"},
      {"/format", "1", "format: found \"1\""},
      {"/id", nullptr, "id: found nothing, expected this field"},
      {"/id", "With Cache", "id: found \"With Cache\", expected small letters, digits and hyphens"},
      {"/id", "", "id: found \"\", expected small letters"},
      {"/model", nullptr, "model: found nothing"},
      {"/model", 7, "model: found 7, expected a text"},
      {"/prompt", nullptr, "prompt: found nothing"},
      {"/prompt", 1, "prompt: found 1, expected an object"},
      {"/prompt/zh", nullptr, "prompt.zh: found nothing"},
      {"/prompt/de", "Katze", "prompt.\"de\": found \"Katze\", expected no such field"},
      {"/beats", nullptr, "beats: found nothing"},
      {"/beats", Json::array(), "beats: found none, expected at least one beat"},
      {"/beats/1", "x", "beats[2]: found \"x\", expected an object"},
      {"/beats/0/id", nullptr, "beats[1].id: found nothing"},
      {"/beats/1/id", "everything", "beats[2].id: found \"everything\", expected an id of its own"},
      {"/beats/0/lecture", 1, "beats[1].lecture: found 1, expected true or false"},
      {"/beats/0/show", 3, "beats[1].show: found 3, expected an object"},
      {"/beats/0/sohw", beat["show"], "beats[1].\"sohw\": found an object"},
      {"/extra", 1, "\"extra\": found 1, expected no such field"},
  };
  for (const Refusal& r : refusals) expect_refused(with(r.pointer, r.value), r.message);
}

TEST(LessonJson, EveryFieldOfACueIsChecked) {
  const Refusal refusals[] = {
      {"model", false, "model: found false"},
      {"prompt", Json::array(), "prompt: found []"},
      {"stage", "table", "stage: found \"table\", expected one of decode, chart, bill, roofline"},
      {"step", -1, "step: found -1, expected a whole number from 0"},
      {"step", 4097, "step: found 4097"},
      {"step", 0, "op: found it beside step 0, expected a step from 1 on"},
      {"layer", 0, "layer: found 0, expected a whole number from 1"},
      {"layer", 257, "layer: found 257"},
      {"head", 0, "head: found 0, expected a whole number from 1"},
      {"head", 257, "head: found 257"},
      {"op", "attention", "op: found \"attention\", expected one of embedding"},
      {"from", 2, "from: found 2, expected an object"},
      {"from", {{"step", 1}, {"operation", "mlp"}}, "from.\"operation\": found \"mlp\", expected"},
      {"from", {{"step", "1"}}, "from.step: found \"1\""},
      {"pace", "beat", "pace: found \"beat\", expected one of token, layer, operation"},
      {"heat", "yes", "heat: found \"yes\""},
      {"log_log", 0, "log_log: found 0"},
      {"component", "attention", "component: found \"attention\", expected one of total, q, k, v"},
      {"experiment", "mask", "experiment: found \"mask\", expected one of none, no-mask"},
      {"preset", 8, "preset: found 8"},
      {"tokens", 1000001, "tokens: found 1000001"},
      {"dtype", "f8", "dtype: found \"f8\", expected one of"},
      {"batch", 0, "batch: found 0"},
      {"batch", 65537, "batch: found 65537"},
      {"machine", "m1", "machine: found \"m1\", expected one of a100, h100"},
      {"highlight", "k", "highlight: found \"k\", expected a list"},
      {"highlight", {"k.rows@with", "k.row"}, "highlight: found \"k.row\", expected the name of a"},
      {"highlight", {1}, "highlight: found 1, expected the name of a part"},
      {"hide", {"k", "ratios"}, "hide: found \"ratios\", expected the name of a part"},
      {"colour", "red", "\"colour\": found \"red\", expected no such field"},
  };
  for (const Refusal& r : refusals)
    expect_refused(with("/beats/0/show/" + std::string(r.pointer), r.value),
                   "beats[1].show." + std::string(r.message));
}

TEST(LessonJson, AnExperimentNeedsRowsBehindIt) {
  Json show = {{"step", 1}, {"experiment", "no-mask"}};
  expect_refused(with("/beats/0/show", show),
                 "beats[1].show.experiment: found it before step 2, expected a step with cached");
  show["step"] = 2;
  EXPECT_EQ(read(with("/beats/0/show", show)).beats[0].show.experiment, core::Experiment::no_mask);
}

TEST(LessonJson, EveryFieldOfAQuestionIsChecked) {
  const Json both = {{"id", "a"}, {"value", "1"}, {"holds", "1"}};
  const Json condition = {{"id", "a"}, {"holds", "1"}}, value = {{"id", "b"}, {"value", "1"}};
  const Json seven(7, value);
  const Refusal refusals[] = {
      {"1/question", Json::object(), "[2].question.kind: found nothing"},
      {"1/question/kind", "essay", "[2].question.kind: found \"essay\", expected one of choice"},
      {"1/question/options", nullptr, "[2].question.options: found too few, expected two to six"},
      {"1/question/options", {value}, "[2].question.options: found too few"},
      {"1/question/options", seven, "[2].question.options: found an array of 7 elements, expected"},
      {"1/question/options/0", 4, "[2].question.options: found 4, expected an object"},
      {"1/question/options/0/id", nullptr, "[2].question.options.id: found nothing"},
      {"1/question/options/0", both, "[2].question.options.a: found both or none, expected either"},
      {"1/question/options/0/value", "", "[2].question.options.a: found both or none"},
      {"1/question/options/0", condition, "[2].question.options.a: found a mixture"},
      {"1/question/answer", nullptr,
       "[2].question.options.a: found a mixture, expected values and"},
      {"1/question/options/0/text", "x", "[2].question.options.\"text\": found \"x\", expected no"},
      {"1/question/range",
       {"1", "2"},
       "[2].question.\"range\": found an array of 2 elements, expe"},
      {"2/question/answer", "1", "[3].question.options.a: found a mixture"},
      {"2/question/options/1", value, "[3].question.options.b: found a mixture"},
      {"3/question/answer", nullptr, "[4].question.answer: found nothing"},
      {"3/question/range", nullptr, "[4].question.range: found nothing, expected this field"},
      {"3/question/range", {"1"}, "[4].question.range: found [\"1\"], expected two expressions"},
      {"3/question/range", {1, 2}, "[4].question.range: found [1,2], expected two expressions"},
      {"3/question/tolerance", 0, "[4].question.tolerance: found 0"},
      {"3/question/log", "yes", "[4].question.log: found \"yes\""},
      {"3/question/traps", "linear", "[4].question.traps: found \"linear\", expected a list"},
      {"3/question/traps/0", 1, "[4].question.traps: found 1, expected an object"},
      {"3/question/traps/0/id", nullptr, "[4].question.traps.id: found nothing"},
      {"3/question/traps/0/why", "x", "[4].question.traps.\"why\": found \"x\", expected no such"},
      {"4/question/part", nullptr, "[5].question.part: found nothing"},
      {"4/question/part", "k.newest",
       "[5].question.part: found \"k.newest\", expected the name of"},
      {"4/question/traps/0/part", "old", "[5].question.traps.part: found \"old\", expected the na"},
      {"5/question/side", "with", "[6].question.side: found \"with\", expected one of cached"},
      {"5/question/component", "all",
       "[6].question.component: found \"all\", expected one of total"},
      {"5/question/from", 2, "[6].question.from: found 2"},
      {"5/question/to", nullptr, "[6].question.to: found nothing"},
      {"5/question/options", {value}, "[6].question.\"options\": found an array of 1 element"},
  };
  for (const Refusal& r : refusals)
    expect_refused(with("/beats/" + std::string(r.pointer), r.value),
                   "beats" + std::string(r.message));
}

// Words are found by these ids: one id must not mean two things.
TEST(LessonJson, OptionsAndTrapsHaveIdsOfTheirOwn) {
  expect_refused(with("/beats/1/question/options/1/id", "a"),
                 "beats[2].question.options.id: found \"a\", expected an id of its own");
  const Json twice = {{{"id", "t"}, {"value", "1"}}, {{"id", "t"}, {"value", "9"}}};
  expect_refused(with("/beats/3/question/traps", twice),
                 "beats[4].question.traps.id: found \"t\", expected an id of its own");
}

TEST(LessonJson, WhatIsNoJsonIsSaid) {
  expect_refused("", "");
  expect_refused("[]", "found []");
  expect_refused(R"({"format": 1, "id": "a", "id": "b"})", "");
  expect_refused(R"({"format": 1,})", "");
  std::string text = whole;
  text.insert(text.find("pocket") + 3, 1, '\0');
  expect_refused(text, "");
  expect_refused(std::string(whole) + "{}", "");
}

// Cut anywhere, the text is refused and nothing else happens.
TEST(LessonJson, CutAnywhereItIsRefused) {
  const std::string text = whole;
  for (std::size_t size = 0; size + 1 < text.size(); size += 7)
    EXPECT_FALSE(app::parse_lesson_json(text.substr(0, size), "x")) << size;
}

}  // namespace
}  // namespace kv::test
