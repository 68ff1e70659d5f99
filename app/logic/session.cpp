#include "app/logic/session.h"

#include <algorithm>

#include "app/logic/field_reader.h"
#include "app/logic/lesson/teaching.h"
#include "app/logic/setting_ids.h"

namespace kv::app {
namespace {

using core::Result;
using Ordered = nlohmann::ordered_json;

// Beyond what any model has: core says what a certain model takes.
constexpr std::uint64_t most_tokens = 1 << 20;
constexpr std::uint64_t most_layers = 256;

void read_tokens(FieldReader& reader, std::vector<core::Token>& tokens) {
  reader.require("prompt_tokens");
  const auto* list = reader.list("prompt_tokens", most_tokens);
  if (!list) return;
  if (list->empty()) reader.refuse("prompt_tokens", "none", "at least one token id");
  for (const auto& value : *list)
    if (const auto token = reader.whole_of(value, "prompt_tokens", 0, most_tokens))
      tokens.push_back(static_cast<core::Token>(*token));
}

void read_forced(FieldReader& reader, std::vector<std::pair<int, core::Token>>& forced) {
  const auto* list = reader.list("forced", most_tokens);
  if (!list) return;
  for (const auto& pair : *list) {
    if (!pair.is_array() || pair.size() != 2)
      return reader.refuse("forced", "something else", "pairs of a step and a token");
    const auto step = reader.whole_of(pair[0], "forced", 0, most_tokens);
    const auto token = reader.whole_of(pair[1], "forced", 0, most_tokens);
    if (step && token)
      forced.emplace_back(static_cast<int>(*step), static_cast<core::Token>(*token));
  }
}

void read_sampling(FieldReader& reader, core::Sampling& sampling) {
  auto inner = reader.object("sampling");
  if (!inner) return;
  inner->number("temperature", sampling.temperature, 0, 100);
  inner->whole("top_k", sampling.top_k, 0, most_tokens);
  inner->number("top_p", sampling.top_p, 0, 1);
  if (sampling.top_p == 0) inner->refuse("top_p", "0", "a number above 0, at most 1");
  inner->whole("seed", sampling.seed, 0, std::numeric_limits<std::uint64_t>::max());
  inner->end();
}

void read_moment(FieldReader& reader, scene::Moment& moment) {
  auto inner = reader.object("moment");
  if (!inner) return;
  inner->whole("step", moment.step, 0, most_tokens);
  inner->whole("layer", moment.layer, 0, most_layers - 1);
  std::array<const char*, scene::operation_count> ids{};
  std::ranges::transform(scene::operations(), ids.begin(), &scene::OperationInfo::id);
  inner->choice("operation", moment.operation, ids);
  double t = static_cast<double>(moment.t);
  inner->number("t", t, 0, 1);
  moment.t = static_cast<float>(t);
  if (!scene::in_layer(moment.operation)) moment.layer = 0;
  inner->end();
}

void read_chart(FieldReader& reader, scene::ChartView& chart) {
  auto inner = reader.object("chart");
  if (!inner) return;
  inner->flag("log_log", chart.log_log);
  inner->index_or_none("component", chart.component, static_cast<int>(core::op_count_parts.size()));
  inner->end();
}

// Tokens that would not come again by choosing: by hand, or with other sampling than the run's now.
std::vector<std::pair<int, core::Token>> tokens_to_force(const Document& document) {
  std::vector<std::pair<int, core::Token>> forced;
  for (const auto& step : document.run->steps)
    if (step->forced || step->index < document.sampling_since)
      forced.emplace_back(step->index, step->token);
  for (const auto& waiting : document.forced)
    if (waiting.first >= static_cast<int>(document.run->steps.size())) forced.push_back(waiting);
  return forced;
}

}  // namespace

Session session_of(const AppState& state) {
  Session s;
  if (!state.now.run) return s;
  const core::Run& run = *state.now.run;
  s.model = state.now.model.name;
  s.prompt = state.now.prompt_text;
  s.prompt_tokens = run.prompt;
  s.sampling = run.sampling;
  s.steps = std::max(static_cast<int>(run.steps.size()), state.now.wanted_steps);
  s.forced = tokens_to_force(state.now);
  s.moment = state.now.place.value_or(state.now.moment);
  s.pace = state.playback.pace;
  s.layer = state.view.layer;
  s.head = state.view.head;
  s.heat = state.view.heat;
  s.chart = state.view.chart;
  if (in_lessons(state) && state.lesson.shown_beat()) {
    s.lesson = state.lesson.shown()->id;
    s.beat = state.lesson.shown_beat()->id;
  }
  return s;
}

std::string to_json(const Session& s) {
  Ordered json;
  json["version"] = session_version;
  json["model"] = s.model;
  json["prompt"] = s.prompt;
  json["prompt_tokens"] = s.prompt_tokens;
  json["sampling"] = {{"temperature", s.sampling.temperature},
                      {"top_k", s.sampling.top_k},
                      {"top_p", s.sampling.top_p},
                      {"seed", s.sampling.seed}};
  json["steps"] = s.steps;
  json["forced"] = Ordered::array();
  for (const auto& [step, token] : s.forced) json["forced"].push_back({step, token});
  json["moment"] = {{"step", s.moment.step},
                    {"layer", s.moment.layer},
                    {"operation", scene::info_of(s.moment.operation).id},
                    {"t", static_cast<double>(s.moment.t)}};
  json["pace"] = pace_ids[static_cast<std::size_t>(s.pace)];
  json["layer"] = s.layer;
  json["head"] = s.head;
  json["heat"] = s.heat;
  json["chart"] = {{"log_log", s.chart.log_log}, {"component", s.chart.component}};
  if (!s.lesson.empty()) json["lesson"] = {{"id", s.lesson}, {"beat", s.beat}};
  return document_text(json);
}

Result<Session> parse_session(std::string_view text, const std::string& label) {
  const auto json = parse_document(text, label, session_version);
  if (!json) return json.error();
  FieldReader reader(*json, label);
  Session s;
  int version = 0;
  reader.whole("version", version, 1, session_version);
  reader.require("model");
  reader.text("model", s.model, 4096);
  if (s.model.empty()) reader.refuse("model", "an empty text", "a model's name");
  reader.text("prompt", s.prompt, core::Tokenizer::max_text_bytes);
  read_tokens(reader, s.prompt_tokens);
  read_sampling(reader, s.sampling);
  reader.whole("steps", s.steps, 0, most_tokens);
  read_forced(reader, s.forced);
  read_moment(reader, s.moment);
  reader.choice("pace", s.pace, pace_ids);
  reader.whole("layer", s.layer, 0, most_layers - 1);
  reader.whole("head", s.head, 0, most_layers - 1);
  reader.flag("heat", s.heat);
  read_chart(reader, s.chart);
  if (auto lesson = reader.object("lesson")) {
    lesson->text("id", s.lesson, 64);
    lesson->text("beat", s.beat, 64);
    if (s.lesson.empty()) lesson->refuse("id", "an empty text", "a lesson's id");
    lesson->end();
  }
  reader.end();
  if (reader.error()) return *reader.error();
  return s;
}

}  // namespace kv::app
