#include "app/shell/commands/cost_json.h"
#include "app/shell/commands/decode.h"
#include "app/shell/json_writer.h"

namespace kv::app {
namespace {

void write_side(JsonWriter& json, const core::SideCost& side, std::uint64_t cache_bytes) {
  json.begin_object();
  json.key("flops");
  json.begin_object();
  write_op_count(json, side.count);
  json.end_object();
  json.member("weight_bytes", side.bytes.weights);
  json.member("cache_read_bytes", side.bytes.cache_read);
  json.member("cache_write_bytes", side.bytes.cache_write);
  json.member("cache_bytes", cache_bytes);
  json.member("seconds", side.seconds);
  json.end_object();
}

void write_step(JsonWriter& json, const Decoded& decoded, const core::Step& step) {
  json.begin_object();
  json.member("index", step.index);
  json.member("phase", step.phase == core::Phase::prefill ? "prefill" : "decode");
  json.member("position", step.position);
  json.member("token", step.token);
  json.key("text");
  decoded.opened.tokenizer ? json.value(decoded.text_of(step.token)) : json.value(nullptr);
  json.member("probability", step.probability);
  if (step.cached) {
    json.key("cached");
    write_side(json, *step.cached, step.cache_bytes);
  }
  if (step.uncached) {
    json.key("uncached");
    write_side(json, step.uncached->cost, 0);
  }
  if (step.uncached && step.uncached->agreement) {
    const core::Agreement& agreement = *step.uncached->agreement;
    json.member("max_abs_logit_difference", agreement.logits);
    json.member("max_abs_logit", agreement.largest_logit);
    json.member("max_abs_key_difference", agreement.keys);
    json.member("max_abs_value_difference", agreement.values);
    if (agreement.probabilities)
      json.member("max_abs_probability_difference", *agreement.probabilities);
    json.member("same_token", agreement.same_token);
  }
  json.end_object();
}

void write_tokens(JsonWriter& json, const std::vector<core::Token>& tokens) {
  json.begin_array();
  for (const core::Token token : tokens) json.value(token);
  json.end_array();
}

}  // namespace

std::string decode_json(const Decoded& decoded) {
  const core::Model& model = *decoded.opened.model;
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("model");
  json.begin_object();
  json.member("name", model.name);
  write_config(json, model.config);
  json.member("parameters", core::parameter_count(model.config));
  json.member("stored", core::name_of(model.config.stored));
  json.end_object();
  json.key("prompt_tokens");
  write_tokens(json, decoded.run.prompt);
  json.key("tokens");
  const std::vector<core::Token> tokens = decoded.new_tokens();
  write_tokens(json, tokens);
  json.key("text");
  decoded.opened.tokenizer ? json.value(decoded.new_text()) : json.value(nullptr);
  json.key("steps");
  json.begin_array();
  for (const auto& step : decoded.run.steps) write_step(json, decoded, *step);
  json.end_array();
  json.end_object();
  return out;
}

}  // namespace kv::app
