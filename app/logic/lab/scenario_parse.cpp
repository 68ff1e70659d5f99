// Reading a scenario's text: into words, words into a scenario, the scenario checked as a whole.
#include <algorithm>
#include <limits>
#include <map>

#include "app/logic/lab/own_sizes.h"
#include "app/logic/lab/scenario_names.h"
#include "app/logic/lab/scenario_number.h"
#include "app/logic/lab/scenario_text.h"
#include "core/base/utf8.h"
#include "core/cost/presets.h"
#include "core/model/config_limits.h"

namespace kv::app {
namespace {

using core::Status;
using scene::Scenario;
using Words = std::map<std::string_view, std::string_view>;

constexpr std::string_view keys[] = {
    "model",  "width", "layers", "heads", "kv_heads", "head_dim", "ffn",     "vocab", "mlp",
    "tied",   "n",     "prompt", "batch", "context",  "of",       "part",    "with",  "without",
    "padded", "axes",  "at",     "ask",   "seed",     "dtype",    "machine", "pairs", "page"};
constexpr std::string_view size_keys[] = {"width", "layers", "heads", "kv_heads", "head_dim",
                                          "ffn",   "vocab",  "mlp",   "tied"};

template <class Names>
std::string listed(const Names& names) {
  std::string text;
  const std::size_t count = std::size(names);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += i + 1 == count ? " or " : ", ";
    text += names[i];
  }
  return text;
}

Status check_characters(std::string_view text) {
  if (text.size() > most_scenario_bytes)
    return scenario_error("text", std::to_string(text.size()) + " bytes",
                          "at most " + std::to_string(most_scenario_bytes));
  const auto control = std::ranges::find_if(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
  const auto at =
      std::min(static_cast<std::size_t>(control - text.begin()), core::find_invalid_utf8(text));
  if (at >= text.size()) return {};
  return scenario_error("text", core::quoted(text.substr(at, 1)) + " at byte " + std::to_string(at),
                        "one line of printable UTF-8");
}

Status add_word(std::string_view word, Words& words) {
  const auto equals = word.find('=');
  if (equals == std::string_view::npos)
    return scenario_error("text", core::quoted(word), "KEY=VALUE");
  const std::string_view key = word.substr(0, equals);
  if (std::ranges::find(keys, key) == std::end(keys))
    return scenario_error("key", core::quoted(key), listed(keys));
  if (!words.emplace(key, word.substr(equals + 1)).second)
    return scenario_error(
        key, core::quoted(word.substr(equals + 1)) + " after " + core::quoted(words[key]),
        "one value");
  return {};
}

core::Result<Words> split(std::string_view text) {
  if (auto error = check_characters(text)) return *error;
  Words words;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" ,"), text.size());
    if (end > 0)
      if (auto error = add_word(text.substr(0, end), words)) return *error;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// Takes words one after the other into places of that type; the first mistake is kept.
class Reader {
 public:
  explicit Reader(const Words& words) : words_(words) {}

  bool has(std::string_view key) const { return words_.contains(key); }
  std::string_view value(std::string_view key) const { return words_.at(key); }
  Status error() const { return error_; }

  void fail(std::string_view key, const std::string& expected) {
    if (!error_) error_ = scenario_error(key, core::quoted(value(key)), expected);
  }

  template <class Number>
  void number(std::string_view key, std::uint64_t low, std::uint64_t high, Number& into,
              const std::string& low_name = {}, const std::string& high_name = {}) {
    if (error_ || !has(key)) return;
    const auto number = parse_whole_number(value(key));
    if (number && *number >= low && *number <= high) {
      into = static_cast<Number>(*number);
      return;
    }
    fail(key, number ? std::to_string(low) + low_name + " to " + std::to_string(high) + high_name
                     : "a whole number, such as 1500, 100k, 1M or 1e5");
  }

  template <class Value, std::size_t size>
  void name(std::string_view key, const std::array<std::string_view, size>& names, Value& into) {
    if (error_ || !has(key)) return;
    const auto found = std::ranges::find(names, value(key));
    if (found == names.end()) return fail(key, listed(names));
    into = static_cast<Value>(found - names.begin());
  }

 private:
  const Words& words_;
  Status error_;
};

std::string models() {
  std::string text(own_model);
  for (const core::Preset& preset : core::presets()) text += std::string(", ") + preset.name;
  return text + " or a model that comes with the program";
}

void read_model(Reader& reader, Scenario& s, const SizesByName& sizes) {
  if (!reader.has("model")) return;
  const std::string name(reader.value("model"));
  const bool own = name == own_model;
  const auto found = own || name.empty() ? nullptr : sizes(name);
  if (!own && !found) return reader.fail("model", models());
  s.model = own ? std::string() : name;
  s.sizes = own ? default_sizes() : *found;
}

// Those left out of sizes of its own follow the others; so does what has no choice.
void read_sizes_into(Reader& reader, bool own, core::ModelConfig& m) {
  const auto size = [&](std::string_view key, core::IntRange range, int& into) {
    reader.number(key, static_cast<std::uint64_t>(range.low),
                  static_cast<std::uint64_t>(range.high), into);
  };
  size("width", core::d_model_range, m.d_model);
  size("layers", core::layers_range, m.layers);
  size("heads", core::heads_range, m.heads);
  bool gated = m.gated_mlp();
  reader.name("mlp", mlp_names, gated);
  m.family = gated ? core::Family::llama : core::Family::gpt2;
  if (own) m.ffn = 4 * m.d_model;
  if (own || !gated) m.kv_heads = m.heads;
  size("kv_heads", core::heads_range, m.kv_heads);
  if (reader.has("width") || reader.has("heads")) m.head_dim = m.d_model / m.heads;
  size("head_dim", core::head_dim_range, m.head_dim);
  size("ffn", core::ffn_range, m.ffn);
  size("vocab", core::vocabulary_range, m.vocabulary);
  reader.name("tied", on_off_names, m.tied_head);
}

Status check_read_sizes(const Reader& reader, const core::ModelConfig& m) {
  const bool made = !reader.has("head_dim") && (reader.has("width") || reader.has("heads"));
  const bool right = m.q_width() == m.d_model && m.head_dim >= core::head_dim_range.low &&
                     m.head_dim <= core::head_dim_range.high &&
                     (m.head_dim % 2 == 0 || !m.rotary());
  if (!made || right) return check_sizes(m);
  return scenario_error("heads", std::to_string(m.heads),
                        "a divisor of width " + std::to_string(m.d_model) +
                            " that leaves each head " + (m.rotary() ? "an even width" : "a width") +
                            " of at most " + std::to_string(core::head_dim_range.high));
}

Status read_sizes(Reader& reader, Scenario& s) {
  const auto given = std::ranges::find_if(size_keys, [&](auto key) { return reader.has(key); });
  if (reader.error() || given == std::end(size_keys)) return reader.error();
  if (!core::has_closed_form(s.sizes))
    return scenario_error(*given, core::quoted(reader.value(*given)),
                          "no sizes beside model=" + s.model + ", which is as published");
  core::CostConfig changed = s.sizes;
  read_sizes_into(reader, s.model.empty(), changed.model);
  if (reader.error()) return reader.error();
  if (same_sizes(changed, s.sizes)) return {};
  s.model.clear();
  s.sizes = own_sizes(changed.model);
  return check_read_sizes(reader, s.sizes.model);
}

void read_run(Reader& reader, Scenario& s) {
  constexpr auto most = static_cast<std::uint64_t>(scene::most_scenario_tokens);
  reader.number("n", 2, most, s.tokens);
  const auto n = static_cast<std::uint64_t>(s.tokens);
  reader.number("prompt", 1, n, s.prompt, "", " (n)");
  reader.number("batch", 1, most_scenario_batch, s.batch);
  reader.number("context", n, most, s.context, " (n)");
  reader.number("at", static_cast<std::uint64_t>(s.prompt), n, s.at, " (prompt)", " (n)");
}

void read_rest(Reader& reader, Scenario& s) {
  reader.name("of", extent_names, s.extent);
  reader.name("part", part_names, s.part);
  reader.name("with", on_off_names, s.with);
  reader.name("without", on_off_names, s.without);
  reader.name("padded", on_off_names, s.padded);
  reader.name("axes", axes_names, s.log_log);
  reader.name("ask", way_names, s.asked);
  reader.number("seed", 0, std::numeric_limits<std::uint64_t>::max(), s.seed);
  reader.name("dtype", dtype_names, s.dtype);
  std::size_t machine = 0;
  reader.name("machine", machine_names, machine);
  s.machine = machine_names[machine];
  reader.name("pairs", pairs_names, s.causal);
}

}  // namespace

core::Result<Scenario> parse_scenario(std::string_view text, bool costs, const SizesByName& sizes) {
  const auto words = split(text);
  if (!words) return words.error();
  Reader reader(*words);
  auto page = costs ? scene::LabPage::memory : scene::LabPage::curves;
  reader.name("page", page_names, page);
  if (auto error = reader.error()) return *error;
  Scenario s = default_scenario(is_of_costs(page));
  s.page = page;
  read_model(reader, s, sizes);
  if (auto error = read_sizes(reader, s)) return *error;
  if (!is_of_costs(page) && !core::has_closed_form(s.sizes))
    return scenario_error("model", core::quoted(s.model),
                          "one whose FLOPs have a closed form, for page=" +
                              std::string(page_names[static_cast<std::size_t>(page)]));
  read_run(reader, s);
  read_rest(reader, s);
  if (auto error = reader.error()) return *error;
  if (!s.with && !s.without && !s.padded)
    return scenario_error("with", "\"off\"", "at least one of with, without and padded on");
  return s;
}

}  // namespace kv::app
