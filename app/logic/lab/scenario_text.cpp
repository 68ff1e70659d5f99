#include "app/logic/lab/scenario_text.h"

#include <vector>

#include "app/logic/lab/own_sizes.h"
#include "app/logic/lab/scenario_names.h"
#include "core/cost/presets.h"

namespace kv::app {
namespace {

using scene::Scenario;

// Words of the text, in order.
class Writer {
 public:
  void word(std::string_view key, std::string_view value) {
    if (!text_.empty()) text_ += ' ';
    text_.append(key).append("=").append(value);
  }
  void number(std::string_view key, std::int64_t value, std::int64_t otherwise) {
    if (value != otherwise) word(key, std::to_string(value));
  }
  template <std::size_t size>
  void name(std::string_view key, const std::array<std::string_view, size>& names, auto value,
            auto otherwise) {
    if (value != otherwise) word(key, names[static_cast<std::size_t>(value)]);
  }
  std::string text() const { return text_; }

 private:
  std::string text_;
};

// What a scenario is about stands there even where it has its default: a slide is read without the
// program. The drill is about its seed alone.
bool says_sizes(const Scenario& s) { return s.page != scene::LabPage::drill; }

void write_sizes(Writer& writer, const Scenario& s) {
  constexpr int always = -1;
  const core::ModelConfig& m = s.sizes.model;
  const core::ModelConfig otherwise = default_sizes().model;
  const bool said = says_sizes(s);
  writer.number("width", m.d_model, said ? always : otherwise.d_model);
  writer.number("layers", m.layers, said ? always : otherwise.layers);
  writer.number("heads", m.heads, said ? always : otherwise.heads);
  writer.number("kv_heads", m.kv_heads, m.heads);
  if (m.q_width() != m.d_model) writer.number("head_dim", m.head_dim, 0);
  writer.number("ffn", m.ffn, 4 * m.d_model);
  writer.number("vocab", m.vocabulary, otherwise.vocabulary);
  writer.name("mlp", mlp_names, m.gated_mlp(), true);
  writer.name("tied", on_off_names, m.tied_head, otherwise.tied_head);
}

bool is_model(const Scenario& s, const SizesByName& sizes) {
  if (s.model.empty()) return false;
  const auto known = sizes(s.model);
  return known && same_sizes(*known, s.sizes);
}

void write_model(Writer& writer, const Scenario& s, const Scenario& otherwise,
                 const SizesByName& sizes) {
  if (is_model(s, sizes)) {
    if (says_sizes(s) || s.model != otherwise.model) writer.word("model", s.model);
    return;
  }
  if (!otherwise.model.empty()) writer.word("model", own_model);
  write_sizes(writer, s);
}

std::size_t machine_of(const Scenario& s) {
  for (std::size_t i = 0; i < machine_names.size(); ++i)
    if (s.machine == machine_names[i]) return i;
  return 0;
}

}  // namespace

Scenario default_scenario(bool costs) {
  Scenario s;
  if (!costs) {
    s.sizes = default_sizes();
    return s;
  }
  s.model = "llama-3-8b";
  s.sizes = core::find_preset(s.model)->cost;
  s.tokens = 100'000;
  s.page = scene::LabPage::memory;
  return s;
}

std::string to_text(const Scenario& s, const SizesByName& sizes) {
  const Scenario otherwise = default_scenario(is_of_costs(s.page));
  Writer writer;
  write_model(writer, s, otherwise, sizes);
  writer.number("n", s.tokens, says_sizes(s) ? 0 : otherwise.tokens);
  writer.number("prompt", s.prompt, otherwise.prompt);
  writer.number("batch", s.batch, otherwise.batch);
  writer.number("context", s.context, otherwise.context);
  writer.name("of", extent_names, s.extent, otherwise.extent);
  writer.name("part", part_names, s.part, otherwise.part);
  writer.name("with", on_off_names, s.with, otherwise.with);
  writer.name("without", on_off_names, s.without, otherwise.without);
  writer.name("padded", on_off_names, s.padded, otherwise.padded);
  writer.name("axes", axes_names, s.log_log, otherwise.log_log);
  writer.number("at", s.at, otherwise.at);
  writer.name("ask", way_names, s.asked, otherwise.asked);
  if (!says_sizes(s) || s.seed != otherwise.seed) writer.word("seed", std::to_string(s.seed));
  writer.name("dtype", dtype_names, s.dtype, otherwise.dtype);
  writer.name("machine", machine_names, machine_of(s), machine_of(otherwise));
  writer.name("pairs", pairs_names, s.causal, otherwise.causal);
  writer.word("page", page_names[static_cast<std::size_t>(s.page)]);
  return writer.text();
}

}  // namespace kv::app
