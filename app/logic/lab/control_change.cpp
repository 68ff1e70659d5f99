#include "app/logic/lab/control_change.h"

#include <algorithm>
#include <cmath>

#include "app/logic/lab/control_scale.h"
#include "app/logic/lab/own_sizes.h"
#include "core/model/config_limits.h"

namespace kv::app {
namespace {

using core::ModelConfig;
using scene::Scenario;

std::int64_t nearest(const std::vector<std::int64_t>& values, std::int64_t to) {
  const auto distance = [&](std::int64_t value) {
    return std::fabs(std::log(static_cast<double>(value) / static_cast<double>(to)));
  };
  return *std::ranges::min_element(values, {}, distance);
}

int narrow(std::int64_t value) { return static_cast<int>(value); }

// As many key and value heads as before, where that divides; all of them where it was all.
void set_heads(ModelConfig& m, int heads) {
  const bool one_each = m.kv_heads == m.heads;
  m.heads = heads;
  m.head_dim = m.d_model / heads;
  if (one_each || !m.gated_mlp()) m.kv_heads = heads;
  while (heads % m.kv_heads != 0) --m.kv_heads;
}

void set_width(ModelConfig& m, int width) {
  const double factor = static_cast<double>(m.ffn) / m.d_model;
  m.d_model = width;
  m.ffn = narrow(std::clamp<std::int64_t>(std::llround(factor * width), core::ffn_range.low,
                                          core::ffn_range.high));
  set_heads(m, narrow(nearest(heads_for(width), m.heads)));
}

void set_gated(ModelConfig& m, bool gated) {
  m.family = gated ? core::Family::llama : core::Family::gpt2;
  const bool right = gated ? m.head_dim % 2 == 0 : m.q_width() == m.d_model;
  const auto heads = heads_for(m.d_model);
  if (!right && !heads.empty()) set_heads(m, narrow(nearest(heads, m.heads)));
  if (!gated) m.kv_heads = m.heads;
}

void change_size(ModelConfig& m, ControlId control, std::int64_t value) {
  switch (control) {
    case ControlId::width:
      return set_width(m, narrow(value));
    case ControlId::layers:
      m.layers = narrow(value);
      return;
    case ControlId::heads:
      return set_heads(m, narrow(value));
    case ControlId::kv_heads:
      m.kv_heads = narrow(value);
      return;
    case ControlId::ffn:
      m.ffn = narrow(value);
      return;
    case ControlId::vocabulary:
      m.vocabulary = narrow(value);
      return;
    case ControlId::mlp_kind:
      return set_gated(m, value == 0);
    default:
      return;
  }
}

bool is_size(ControlId control) {
  return control >= ControlId::width && control <= ControlId::mlp_kind;
}

// The other sizes stay as they are; a model whose sizes change is no longer that model.
Scenario with_size(Scenario s, ControlId control, std::int64_t value) {
  ModelConfig changed = s.sizes.model;
  change_size(changed, control, value);
  if (changed == s.sizes.model || check_sizes(changed)) return s;
  s.model.clear();
  s.sizes = own_sizes(changed);
  return s;
}

// The prompt, the cursor and what is filled up to follow n.
Scenario with_length(Scenario s, ControlId control, std::int64_t value) {
  if (control == ControlId::tokens) s.tokens = value;
  if (control == ControlId::prompt) s.prompt = value;
  if (control == ControlId::context) s.context = value > s.tokens ? value : 0;
  s.prompt = std::min(s.prompt, s.tokens);
  if (s.context < s.tokens) s.context = 0;
  if (s.at > s.tokens) s.at = 0;
  if (s.at > 0) s.at = std::max(s.at, s.prompt);
  return s;
}

}  // namespace

bool applies(const Scenario& s, ControlId control) {
  const ModelConfig& m = s.sizes.model;
  if (is_size(control) && !core::has_closed_form(s.sizes)) return false;
  switch (control) {
    case ControlId::kv_heads:
      return m.gated_mlp() && m.heads > 1;
    case ControlId::mlp_kind:
      return m.gated_mlp() || m.head_dim % 2 == 0 || !heads_for(m.d_model).empty();
    case ControlId::heads:
      return !heads_for(m.d_model).empty();
    case ControlId::context:
      return s.tokens < scene::most_scenario_tokens;
    default:
      return true;
  }
}

std::int64_t value_of(const Scenario& s, ControlId control) {
  const ModelConfig& m = s.sizes.model;
  switch (control) {
    case ControlId::width:
      return m.d_model;
    case ControlId::layers:
      return m.layers;
    case ControlId::heads:
      return m.heads;
    case ControlId::kv_heads:
      return m.kv_heads;
    case ControlId::ffn:
      return m.ffn;
    case ControlId::vocabulary:
      return m.vocabulary;
    case ControlId::tokens:
      return s.tokens;
    case ControlId::prompt:
      return s.prompt;
    case ControlId::batch:
      return s.batch;
    case ControlId::context:
      return std::max(s.context, s.tokens);
    default:
      return 0;
  }
}

Scenario with_value(Scenario s, ControlId control, std::int64_t value) {
  // A step that leads nowhere leaves sizes that no slider could have set.
  if (control != ControlId::mlp_kind && value == value_of(s, control)) return s;
  if (is_size(control)) return with_size(std::move(s), control, value);
  if (control != ControlId::batch) return with_length(std::move(s), control, value);
  s.batch = value;
  return s;
}

}  // namespace kv::app
