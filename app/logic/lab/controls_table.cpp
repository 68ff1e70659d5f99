#include "app/logic/lab/controls_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/logic/lab/control_change.h"
#include "app/logic/lab/control_scale.h"
#include "core/cost/presets.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

namespace words = scene::words;
using core::ModelConfig;
using scene::LabPage;
using scene::Language;
using scene::Phrase;
using scene::Scenario;

using Rows = std::vector<ControlRow>;

void add(Rows& rows, const Phrase& heading, std::initializer_list<ControlId> controls) {
  rows.push_back({.heading = &heading});
  for (const ControlId id : controls) rows.push_back({.id = id});
}

void add_model(Rows& rows) {
  add(rows, words::control_heading_model,
      {ControlId::model, ControlId::width, ControlId::layers, ControlId::heads, ControlId::kv_heads,
       ControlId::ffn, ControlId::vocabulary, ControlId::mlp_kind});
}

std::string count_text(std::int64_t value) {
  return scene::grouped_text(static_cast<core::Uint128>(value));
}

std::string kv_heads_text(const Scenario& s) {
  const ModelConfig& m = s.sizes.model;
  if (s.sizes.latent) return "MLA";
  const char* kind = m.kv_heads == m.heads ? "MHA" : m.kv_heads == 1 ? "MQA" : "GQA";
  return fmt::format("{} \u00B7 {}", m.kv_heads, kind);
}

std::string ffn_text(const ModelConfig& m) {
  std::string factor = fmt::format("{:.2f}", static_cast<double>(m.ffn) / m.d_model);
  while (factor.ends_with('0')) factor.pop_back();
  if (factor.ends_with('.')) factor.pop_back();
  return fmt::format("\u00D7{} = {}", factor, count_text(m.ffn));
}

const Phrase* part_phrase(scene::CostPart part) {
  switch (part) {
    case scene::CostPart::total:
      return &words::control_part_total;
    case scene::CostPart::all:
      return &words::control_part_all;
    case scene::CostPart::attention:
      return &words::control_part_attention;
    case scene::CostPart::rest:
      return &words::control_part_rest;
    case scene::CostPart::output:
      return &words::control_part_output;
    case scene::CostPart::head:
      return &words::control_part_head;
    default:
      return nullptr;
  }
}

// Products have the names of formulas, the same in every language.
const char* part_symbol(scene::CostPart part) {
  switch (part) {
    case scene::CostPart::q:
      return "Q";
    case scene::CostPart::k:
      return "K";
    case scene::CostPart::v:
      return "V";
    case scene::CostPart::scores:
      return "QK\u1D40";
    case scene::CostPart::weighted_sum:
      return "PV";
    default:
      return "MLP";
  }
}

std::vector<std::string> part_options(const Scenario& s, Language language) {
  std::vector<std::string> options;
  for (const scene::CostPart part : parts_on(s.page)) {
    const Phrase* phrase = part_phrase(part);
    options.emplace_back(phrase ? phrase->in(language) : part_symbol(part));
  }
  return options;
}

std::string latent_note(Language language, ControlId control) {
  if (control == ControlId::model) return words::control_as_published.in(language);
  return control == ControlId::kv_heads ? words::control_kv_latent.in(language) : "";
}

}  // namespace

Rows rows_of(const Scenario& s) {
  using enum ControlId;
  Rows rows;
  switch (s.page) {
    case LabPage::curves:
      add_model(rows);
      add(rows, words::control_heading_length, {tokens, prompt, batch});
      if (s.padded) rows.push_back({.id = context});
      add(rows, words::control_heading_show, {extent, part, ways, axes, run});
      return rows;
    case LabPage::draw:
      add_model(rows);
      add(rows, words::control_heading_length, {tokens, prompt});
      add(rows, words::control_heading_guess, {asked, extent, part, exponent, reveal, clear});
      return rows;
    case LabPage::drill:
      add(rows, words::control_heading_questions, {seed, exam});
      return rows;
    case LabPage::memory:
      add_model(rows);
      add(rows, words::control_heading_cache, {tokens, batch, dtype});
      return rows;
    case LabPage::roofline:
      add(rows, words::control_heading_model, {model});
      add(rows, words::control_heading_cache, {tokens, batch, dtype});
      add(rows, words::control_heading_machine, {machine, pairs});
      return rows;
    case LabPage::machine:
      add(rows, words::control_heading_model, {model});
      add(rows, words::control_heading_measure, {probe, bench_attention, bench_model});
      return rows;
  }
  return rows;
}

std::string value_text(const Scenario& s, Language language, ControlId control) {
  const ModelConfig& m = s.sizes.model;
  switch (control) {
    case ControlId::model:
      return s.model.empty() ? words::control_own_sizes.in(language) : s.model;
    case ControlId::heads:
      return fmt::format("{} \u00D7 {}", m.heads, m.head_dim);
    case ControlId::kv_heads:
      return kv_heads_text(s);
    case ControlId::ffn:
      return ffn_text(m);
    case ControlId::seed:
      return std::to_string(s.seed);
    case ControlId::exponent:
      return "\u2013";
    default:
      return count_text(value_of(s, control));
  }
}

std::vector<std::string> options_of(const Scenario& s, Language language, ControlId control) {
  const auto say = [&](std::initializer_list<const Phrase*> phrases) {
    std::vector<std::string> options;
    for (const Phrase* phrase : phrases) options.emplace_back(phrase->in(language));
    return options;
  };
  switch (control) {
    case ControlId::mlp_kind:
      return say({&words::control_gated, &words::control_plain});
    case ControlId::extent:
      return say({&words::control_step, &words::control_run_whole});
    case ControlId::part:
      return part_options(s, language);
    case ControlId::ways:
    case ControlId::asked:
      return say({&words::control_with, &words::control_without, &words::control_padded});
    case ControlId::axes:
      return say({&words::control_log, &words::control_linear});
    case ControlId::dtype: {
      std::vector<std::string> names;
      for (const core::KvDtypeInfo& info : core::kv_dtypes) names.emplace_back(info.name);
      return names;
    }
    case ControlId::machine:
      return {"H100", "A100", words::control_here.in(language)};
    case ControlId::pairs:
      return say({&words::control_pairs_all, &words::control_pairs_visible});
    default:
      return {};
  }
}

std::string note_of(const Scenario& s, Language language, ControlId control) {
  if (!core::has_closed_form(s.sizes)) return latent_note(language, control);
  if (control == ControlId::model && s.page == LabPage::machine && core::find_preset(s.model))
    return words::control_on_paper.in(language);
  if (applies(s, control)) return {};
  switch (control) {
    case ControlId::kv_heads:
      return s.sizes.model.gated_mlp() ? words::control_kv_single.in(language)
                                       : words::control_kv_plain.in(language);
    case ControlId::heads:
    case ControlId::mlp_kind:
      return words::control_heads_fixed.in(language);
    case ControlId::context:
      return words::control_context_most.in(language);
    default:
      return {};
  }
}

}  // namespace kv::app
