#include "core/model/rope_json.h"

#include "core/base/json_describe.h"
#include "core/base/number.h"

namespace kv::core {
namespace {

// What one object says; `theta` only in the newer spelling.
struct RopeSettings {
  std::optional<double> theta;
  std::optional<Llama3RopeScaling> scaling;
};

double required_number(ConfigReader& reader, const char* key) {
  const auto value = reader.number({key});
  if (!value) reader.refuse(key, "nothing", "a number");
  return value.value_or(1);
}

Llama3RopeScaling read_llama3(ConfigReader& reader) {
  Llama3RopeScaling scaling;
  scaling.factor = required_number(reader, "factor");
  scaling.low_freq_factor = required_number(reader, "low_freq_factor");
  scaling.high_freq_factor = required_number(reader, "high_freq_factor");
  scaling.original_context_length =
      reader.integer({"original_max_position_embeddings"}, context_range);
  return scaling;
}

// All of a head's dimensions turn, or what forward() computes is another model.
void refuse_partial_rotation(ConfigReader& reader) {
  if (const auto share = reader.number({"partial_rotary_factor"}); share && *share != 1)
    reader.refuse("partial_rotary_factor", to_text(*share), "1 or nothing");
}

RopeSettings read_settings(ConfigReader& reader, bool type_required) {
  RopeSettings settings;
  settings.theta = reader.number({"rope_theta"});
  refuse_partial_rotation(reader);
  const auto type = reader.text({"rope_type", "type"});
  if (!type && type_required) reader.refuse("rope_type", "nothing", "\"default\" or \"llama3\"");
  if (type == "llama3")
    settings.scaling = read_llama3(reader);
  else if (type && type != "default")
    reader.refuse("rope_type", core::quoted(*type), "\"default\" or \"llama3\"");
  return settings;
}

}  // namespace

void read_rope(ConfigReader& reader, const std::string& file, ModelConfig& config) {
  const auto theta = reader.number({"rope_theta"});
  config.rope_theta = theta.value_or(10000);
  refuse_partial_rotation(reader);

  const nlohmann::json* older = reader.find({"rope_scaling"});
  if (older != nullptr) {
    ConfigReader inner(*older, file, "rope_scaling.");
    config.rope_scaling = read_settings(inner, true).scaling;
    if (inner.error()) reader.refuse(*inner.error());
  }
  if (const nlohmann::json* newer = reader.find({"rope_parameters"})) {
    ConfigReader inner(*newer, file, "rope_parameters.");
    const RopeSettings settings = read_settings(inner, false);
    if (theta && settings.theta && *theta != *settings.theta)
      inner.refuse("rope_theta", to_text(*settings.theta),
                   to_text(*theta) + ", as rope_theta says");
    if (older != nullptr && settings.scaling != config.rope_scaling)
      inner.refuse("rope_type", "other settings", "the same as rope_scaling");
    if (inner.error()) reader.refuse(*inner.error());
    config.rope_theta = settings.theta.value_or(config.rope_theta);
    config.rope_scaling = settings.scaling;
  }
}

}  // namespace kv::core
