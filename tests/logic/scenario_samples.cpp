#include "tests/logic/scenario_samples.h"

#include <fmt/format.h>

#include "app/logic/lab/control_scale.h"
#include "app/logic/lab/own_sizes.h"
#include "app/logic/lab/scenario_names.h"
#include "core/base/random.h"
#include "core/cost/presets.h"

namespace kv::test {
namespace {

using core::ModelConfig;
using scene::Scenario;

// Numbers out of one seed, one after the other.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}
  std::int64_t from(std::int64_t low, std::int64_t high) {
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<std::int64_t>(core::random_bits(seed_, next_++) % span);
  }
  int number(int low, int high) { return static_cast<int>(from(low, high)); }
  bool one_of(int many) { return number(1, many) == 1; }
  // Small ones as often as large ones.
  std::int64_t any_size(std::int64_t low, std::int64_t high) {
    return from(low, std::max(low, high >> number(0, 16)));
  }
  template <class Values>
  auto of(const Values& values) {
    return values[static_cast<std::size_t>(from(0, static_cast<std::int64_t>(values.size()) - 1))];
  }

 private:
  std::uint64_t seed_, next_ = 0;
};

core::CostConfig random_sizes(Dice& dice) {
  ModelConfig m = app::default_sizes().model;
  if (dice.one_of(8)) return app::own_sizes(m);
  m.layers = dice.number(1, 256);
  m.d_model = 2 * dice.number(1, 8192);
  const auto heads = app::heads_for(m.d_model);
  const bool gated = heads.empty() || !dice.one_of(3);
  m.heads = m.kv_heads = heads.empty() ? dice.number(1, 64) : static_cast<int>(dice.of(heads));
  m.head_dim = heads.empty() ? 2 * dice.number(1, 256) : m.d_model / m.heads;
  m.family = gated ? core::Family::llama : core::Family::gpt2;
  if (gated && dice.one_of(4)) m.head_dim = 2 * dice.number(1, 256);
  if (gated && dice.one_of(2))
    while (m.heads % (m.kv_heads = dice.number(1, m.heads)) != 0) {
    }
  m.ffn = dice.one_of(3) ? std::min(4 * m.d_model, 65536) : dice.number(1, 65536);
  m.vocabulary = dice.number(1, 1 << 20);
  m.tied_head = dice.one_of(2);
  return app::own_sizes(m);
}

void choose_model(Dice& dice, Scenario& s) {
  s.model.clear();
  s.sizes = random_sizes(dice);
  if (dice.one_of(2)) return;
  const core::Preset& preset = core::presets()[static_cast<std::size_t>(dice.number(0, 15))];
  if (!app::is_of_costs(s.page) && !core::has_closed_form(preset.cost)) return;
  s.model = preset.name;
  s.sizes = preset.cost;
}

std::string model_line(const ModelConfig& m) {
  return fmt::format("{} {} {} {} {} {} {} {} tied {} context {}", core::name_of(m.family),
                     m.d_model, m.layers, m.heads, m.kv_heads, m.head_dim, m.ffn, m.vocabulary,
                     m.tied_head, m.context_length);
}

}  // namespace

std::shared_ptr<const core::CostConfig> known_sizes(const std::string& name) {
  if (const core::Preset* preset = core::find_preset(name))
    return std::make_shared<const core::CostConfig>(preset->cost);
  if (name != "pocket" && name != "story") return nullptr;
  ModelConfig m = app::default_sizes().model;
  m.d_model = m.heads * (m.head_dim = name == "pocket" ? 2 : 32);
  m.ffn = 344;
  m.context_length = 256;
  return std::make_shared<const core::CostConfig>(core::dense_cost_config(m));
}

Scenario random_scenario(std::uint64_t seed) {
  Dice dice(seed);
  Scenario s;
  s.page = static_cast<scene::LabPage>(dice.number(0, scene::lab_page_count - 1));
  choose_model(dice, s);
  s.tokens = dice.one_of(6) ? scene::most_scenario_tokens : dice.any_size(2, 1'000'000);
  s.prompt = dice.one_of(3) ? 1 : dice.any_size(1, s.tokens);
  s.batch = dice.any_size(1, 1'000'000);
  s.context = dice.one_of(2) ? 0 : dice.from(s.tokens, scene::most_scenario_tokens);
  s.extent = static_cast<scene::Extent>(dice.number(0, 1));
  s.part = static_cast<scene::CostPart>(dice.number(0, scene::cost_part_count - 1));
  const int ways = dice.number(1, 7);
  s.with = (ways & 1) != 0, s.without = (ways & 2) != 0, s.padded = (ways & 4) != 0;
  s.log_log = dice.one_of(2);
  s.at = dice.one_of(2) ? 0 : dice.from(s.prompt, s.tokens);
  s.asked = static_cast<core::Baseline>(dice.number(0, 2));
  s.seed = dice.one_of(2) ? 1 : core::random_bits(seed, 1000);
  s.dtype = dice.of(core::kv_dtypes).dtype;
  s.machine = dice.of(app::machine_names);
  s.causal = dice.one_of(2);
  return s;
}

std::string described(const Scenario& s) {
  return fmt::format(
      "model {}\nsizes {} {} bits{}{}\nn {} prompt {} batch {} context {} at {}\npage {} of {} "
      "part {} ways {} {} {} log {} asked {} seed {}\ndtype {} machine {} causal {}\n",
      s.model, model_line(s.sizes.model), s.sizes.weights.bits, s.sizes.latent ? " latent" : "",
      s.sizes.mixture ? " mixture" : "", s.tokens, s.prompt, s.batch, s.context, s.at,
      static_cast<int>(s.page), static_cast<int>(s.extent), static_cast<int>(s.part), s.with,
      s.without, s.padded, s.log_log, static_cast<int>(s.asked), s.seed, static_cast<int>(s.dtype),
      s.machine, s.causal);
}

std::string complaint(const Scenario& s) {
  if (s.model.empty()) {
    if (const auto error = app::check_sizes(s.sizes.model)) return error->message;
    if (!app::same_sizes(s.sizes, app::own_sizes(s.sizes.model))) return "not plain sizes";
  } else if (const auto known = known_sizes(s.model); !known || !app::same_sizes(*known, s.sizes)) {
    return "not the sizes of " + s.model;
  }
  if (s.tokens < 2 || s.tokens > scene::most_scenario_tokens) return "n";
  if (s.prompt < 1 || s.prompt > s.tokens) return "prompt";
  if (s.batch < 1 || s.batch > app::most_scenario_batch) return "batch";
  if (s.context != 0 && (s.context < s.tokens || s.context > scene::most_scenario_tokens))
    return "context";
  if (s.at != 0 && (s.at < s.prompt || s.at > s.tokens)) return "at";
  if (!s.with && !s.without && !s.padded) return "no way is shown";
  const std::string text = app::to_text(s, known_sizes);
  const auto again = app::parse_scenario(text, false, known_sizes);
  if (!again) return text + "\n" + again.error().message;
  if (described(*again) != described(s)) return text + "\n" + described(s) + described(*again);
  return {};
}

}  // namespace kv::test
