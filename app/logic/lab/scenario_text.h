// A scenario as one short line, to be copied, put on a slide, or given to --scenario:
//   model=llama-3-8b n=100000 page=memory
// Words "key=value" between spaces or commas, in any order, each key at most once; what is left out
// has its default. Keys:
//   model     a preset's or built-in model's name, or own: sizes of its own, from default_sizes()
//   width layers heads kv_heads head_dim ffn vocab mlp=gated|plain tied=on|off   other than the
//             model's: then it is no longer that model. Left out: head_dim is width / heads; of
//             model=own kv_heads are heads and ffn is 4 width; else they are the model's
//   n prompt batch context   whole numbers, also written 100k, 1M, 1e5
//   of=step|run   part=total|all|attention|rest|q|...   with=on|off without=on|off padded=on|off
//   axes=log|linear   at   ask=with|without|padded   seed   dtype=f32|f16|bf16|int8|int4
//   machine=h100|a100|here   pairs=all|visible
//   page=curves|draw|drill|memory|roofline|machine
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "viz/scene/scenario.h"

namespace kv::app {

// Sizes of a model by name: presets, and those that come with the program; null for an unknown one.
using SizesByName = std::function<std::shared_ptr<const core::CostConfig>(const std::string& name)>;

// Where each place begins, and what the text leaves out: Scenarios a small model that is executed
// within seconds, Costs Llama-3-8B at 100,000 tokens.
scene::Scenario default_scenario(bool costs);

inline constexpr std::size_t most_scenario_bytes = 4096;
inline constexpr std::int64_t most_scenario_batch = 1'000'000;

// A usage error names the key, what was found and what was expected; pages belong to a place, so
// the page decides which default fills the rest (none: `costs` does).
core::Result<scene::Scenario> parse_scenario(std::string_view text, bool costs,
                                             const SizesByName& sizes);
// A text that parse_scenario() makes the same scenario of, keys in the order above: what it is about
// (model or width, layers and heads, and n; the drill's seed) and the page always, all else only
// where it is not the default.
std::string to_text(const scene::Scenario& scenario, const SizesByName& sizes);

// Sizes of its own in place of the model's; ok where they are within config limits, the heads
// divide and FLOPs have a closed form, else the first thing that is wrong.
core::Status check_sizes(const core::ModelConfig& sizes);

}  // namespace kv::app
