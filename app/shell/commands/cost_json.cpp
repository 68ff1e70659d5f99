#include "app/shell/commands/cost_json.h"

namespace kv::app {
namespace {

using core::op_count_asides;
using core::op_count_parts;

}  // namespace

void write_op_count(JsonWriter& json, const core::OpCount& count) {
  for (const auto& part : op_count_parts) json.member(part.name, count.*part.value);
  json.member("total", count.total());
  for (const auto& aside : op_count_asides) json.member(aside.name, count.*aside.value);
}

void write_unknown_op_count(JsonWriter& json) {
  for (const auto& part : op_count_parts) json.member(part.name, nullptr);
  json.member("total", nullptr);
  for (const auto& aside : op_count_asides) json.member(aside.name, nullptr);
}

void write_config(JsonWriter& json, const core::ModelConfig& c) {
  json.member("family", core::name_of(c.family));
  json.member("layers", c.layers);
  json.member("d_model", c.d_model);
  json.member("heads", c.heads);
  json.member("kv_heads", c.kv_heads);
  json.member("head_dim", c.head_dim);
  json.member("ffn", c.ffn);
  json.member("vocabulary", c.vocabulary);
  json.member("context_length", c.context_length);
  json.member("tied_head", c.tied_head);
}

}  // namespace kv::app
