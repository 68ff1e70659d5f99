#include "app/shell/commands/count.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "app/shell/commands/cost_json.h"
#include "app/shell/commands/cost_table.h"
#include "app/shell/commands/token_list.h"
#include "app/shell/open_model.h"
#include "app/shell/outcome.h"
#include "app/shell/read_path.h"
#include "app/shell/text_table.h"
#include "core/cost/growth.h"
#include "core/cost/presets.h"
#include "core/model/load_model.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

using core::CostConfig;
using core::Error;
using core::ErrorKind;
using core::KvDtype;
using core::OpCount;
using core::Result;
using core::RunCost;

constexpr std::int64_t longest = 1'000'000'000;
constexpr std::int64_t largest_batch = 1'000'000;

// What is counted, and what to call it.
struct Subject {
  std::string name;
  std::string source;
  CostConfig cost;
  KvDtype kv_dtype = KvDtype::f32;
};

Result<core::ModelConfig> config_at(const std::string& path) {
  constexpr std::uint64_t limit = 1 << 20;
  const auto text = read_path(path, limit);
  if (!text) return text.error();
  return core::parse_config(*text, path);
}

Result<Subject> subject_of(const CountOptions& options) {
  if (!options.preset.empty()) {
    const core::Preset* preset = core::find_preset(options.preset);
    if (preset) return Subject{preset->name, preset->source, preset->cost, KvDtype::f16};
    std::string names;
    for (const core::Preset& known : core::presets()) {
      if (!names.empty()) names += ", ";
      names += known.name;
    }
    return Error{ErrorKind::usage,
                 "--preset: found " + core::quoted(options.preset) + ", expected one of " + names};
  }
  const auto config =
      options.config.empty() ? open_config(options.model) : config_at(options.config);
  if (!config) return config.error();
  const std::string& name = options.config.empty() ? options.model : options.config;
  return Subject{name, "", core::dense_cost_config(*config), KvDtype::f32};
}

struct Counted {
  Subject subject;
  core::RunOptions options;
  std::vector<RunCost> runs;
};

// Where the sums of cost_of_run() are exact: batch * length^3 up to 10^30.
core::Status check_exact(std::int64_t length, std::int64_t batch) {
  constexpr core::Uint128 most = core::Uint128{1'000'000'000'000'000} * 1'000'000'000'000'000;
  const auto tokens = static_cast<core::Uint128>(length);
  const core::Uint128 largest = most / (tokens * tokens * tokens);
  if (static_cast<core::Uint128>(batch) <= largest) return {};
  return Error{ErrorKind::usage, "--batch: found " + std::to_string(batch) + " with a length of " +
                                     std::to_string(length) + ", expected at most " +
                                     core::to_string(largest) +
                                     ": sums are exact while batch * length^3 is at most 10^30"};
}

Result<Counted> run_count(const CountOptions& options) {
  const auto lengths = parse_number_list(options.lengths, "--length", 1, longest);
  if (!lengths) return lengths.error();
  if (options.prompt_tokens < 1 || options.prompt_tokens > longest)
    return Error{ErrorKind::usage, "--prompt-tokens: found " +
                                       std::to_string(options.prompt_tokens) + ", expected 1 to " +
                                       std::to_string(longest)};
  if (options.batch < 1 || options.batch > largest_batch)
    return Error{ErrorKind::usage, "--batch: found " + std::to_string(options.batch) +
                                       ", expected 1 to " + std::to_string(largest_batch)};
  auto subject = subject_of(options);
  if (!subject) return subject.error();
  if (!options.kv_dtype.empty()) {
    const auto dtype = core::find_kv_dtype(options.kv_dtype);
    if (!dtype)
      return Error{ErrorKind::usage, "--kv-dtype: found " + core::quoted(options.kv_dtype) +
                                         ", expected f32, f16, bf16, int8 or int4"};
    subject->kv_dtype = *dtype;
  }
  Counted counted{*std::move(subject), {}, {}};
  counted.options = {.prompt_tokens = options.prompt_tokens,
                     .batch = options.batch,
                     .kv_dtype = counted.subject.kv_dtype,
                     .logits = options.all_logits ? core::LogitRows::all : core::LogitRows::last};
  for (const std::int64_t length : *lengths) {
    if (length < options.prompt_tokens)
      return Error{ErrorKind::usage, "--length: found " + std::to_string(length) +
                                         ", expected at least the prompt's " +
                                         std::to_string(options.prompt_tokens) + " tokens"};
    if (auto error = check_exact(length, options.batch)) return *error;
    counted.runs.push_back(core::cost_of_run(counted.subject.cost, length, counted.options));
  }
  return counted;
}

void note_beyond_context(const Counted& counted) {
  const int context = counted.subject.cost.model.context_length;
  for (const RunCost& run : counted.runs)
    if (run.length > context)
      fmt::print(stderr, "kvscope: length {} is beyond the {} positions {} was made for\n",
                 run.length, context, printable_text(counted.subject.name));
}

void write_count(JsonWriter& json, const char* key, const std::optional<OpCount>& count) {
  json.key(key);
  json.begin_object();
  count ? write_op_count(json, *count) : write_unknown_op_count(json);
  json.end_object();
}

std::string count_json(const Counted& counted) {
  const CostConfig& cost = counted.subject.cost;
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("config");
  json.begin_object();
  json.member("name", counted.subject.name);
  if (!counted.subject.source.empty()) json.member("source", counted.subject.source);
  write_config(json, cost.model);
  if (cost.latent) {
    json.member("kv_lora_rank", cost.latent->kv_lora_rank);
    json.member("qk_rope_head_dim", cost.latent->qk_rope_head_dim);
  }
  json.member("parameters", core::total_parameters(cost));
  json.member("active_parameters", core::active_parameters(cost));
  json.member("weight_format", cost.weights.name);
  json.end_object();
  json.member("kv_dtype", core::info_of(counted.subject.kv_dtype).name);
  json.member("batch", counted.options.batch);
  json.member("kv_bytes_per_token", core::kv_cache_bytes(cost, counted.subject.kv_dtype, 1));
  json.key("runs");
  json.begin_array();
  for (const RunCost& run : counted.runs) {
    json.begin_object();
    json.member("length", run.length);
    json.member("prompt_tokens", run.prompt_tokens);
    write_count(json, "cached", run.cached);
    write_count(json, "uncached", run.uncached);
    json.key("per_layer");
    json.begin_object();
    // Flat: one layer's share with the cache; below it both sides by name.
    run.layer_cached ? write_op_count(json, *run.layer_cached) : write_unknown_op_count(json);
    write_count(json, "cached", run.layer_cached);
    write_count(json, "uncached", run.layer_uncached);
    json.end_object();
    json.member("kv_bytes", run.kv_bytes);
    json.member("weight_bytes", run.weight_bytes);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return out;
}

std::string both_units(core::Uint128 bytes) {
  return fmt::format("{} ({}, {} bytes)", scene::bytes_text(bytes), scene::binary_bytes_text(bytes),
                     scene::grouped_text(bytes));
}

std::string heading(const Subject& subject) {
  const core::ModelConfig& c = subject.cost.model;
  std::string out = fmt::format("{}: {} layers, width {}, {} heads", printable_text(subject.name),
                                c.layers, c.d_model, c.heads);
  if (const auto& latent = subject.cost.latent) {
    out += fmt::format(", latent attention keeping {} + {} values per token and layer\n",
                       latent->kv_lora_rank, latent->qk_rope_head_dim);
  } else {
    out += fmt::format(", {} kv heads, head dim {}\n", c.kv_heads, c.head_dim);
  }
  if (!subject.source.empty()) out += "source: " + subject.source + "\n";
  out += fmt::format("parameters: {}", scene::grouped_text(core::total_parameters(subject.cost)));
  if (subject.cost.mixture)
    out += fmt::format(", {} used per token",
                       scene::grouped_text(core::active_parameters(subject.cost)));
  out += fmt::format("; weights: {} in {}\n", both_units(core::weight_bytes(subject.cost)),
                     subject.cost.weights.name);
  return out + fmt::format("cache per token: {} in {}\n",
                           both_units(core::kv_cache_bytes(subject.cost, subject.kv_dtype, 1)),
                           core::info_of(subject.kv_dtype).name);
}

std::string crossover_text(const core::ModelConfig& config) {
  const core::Crossover cross = core::attention_crossover(config);
  return fmt::format(
      "attention costs as much as the rest of a layer: at step {:.1f}; summed over a run at {:.1f} "
      "tokens without the cache, {:.1f} with it\n",
      cross.per_step, cross.run_uncached, cross.run_cached);
}

std::string count_text(const Counted& counted) {
  const CostConfig& cost = counted.subject.cost;
  std::string out = heading(counted.subject);
  out +=
      core::has_closed_form(cost)
          ? crossover_text(cost.model)
          : "FLOPs: not covered; the closed forms are for dense models with ordinary attention\n";
  for (const RunCost& run : counted.runs) {
    out +=
        fmt::format("\nfrom a prompt of {} to {} tokens, batch {}\ncache at the end: {}\n",
                    run.prompt_tokens, run.length, counted.options.batch, both_units(run.kv_bytes));
    if (run.cached) out += to_text(cost_table("FLOPs, closed form", run.uncached, run.cached));
  }
  return out;
}

}  // namespace

int count(const CountOptions& options) {
  const auto counted = run_count(options);
  if (!counted) return fail(counted.error());
  note_beyond_context(*counted);
  return print(options.json ? count_json(*counted) : count_text(*counted));
}

}  // namespace kv::app
