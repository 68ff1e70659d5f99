#include "core/model/random_model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "core/base/memory_need.h"
#include "core/base/random.h"

namespace kv::core {
namespace {

constexpr std::string_view prefix = "random:";

Error usage(std::string_view text, std::string_view problem) {
  return {ErrorKind::usage, quoted(text) + ": " + std::string(problem)};
}

// A stream of its own for every piece, so that no weight depends on another piece's size.
class Filler {
 public:
  explicit Filler(std::uint64_t seed) : seed_(seed) {}

  void uniform(Model& model, const Matrix& m, double variance) {
    const double bound = std::sqrt(3 * variance);  // a uniform variable on [-b, b] has b^2 / 3
    float* weights = writable(model, m.data);
    const auto count = static_cast<std::uint64_t>(m.out) * static_cast<std::uint64_t>(m.in);
    const std::uint64_t stream = random_bits(seed_, pieces_++);
    for (std::uint64_t i = 0; i < count; ++i)
      weights[i] = static_cast<float>((2 * random_unit(stream, i) - 1) * bound);
  }

  // Gain 1, and nothing added where there is a bias.
  void neutral(Model& model, const NormWeights& norm, int width) {
    std::fill_n(writable(model, norm.gain), width, 1.0F);
    zeros(model, norm.bias, width);
  }
  void zeros(Model& model, const float* bias, int width) {
    if (bias) std::fill_n(writable(model, bias), width, 0.0F);
  }

 private:
  std::uint64_t seed_;
  std::uint64_t pieces_ = 0;
};

void fill_layer(Filler& fill, Model& model, const LayerWeights& w) {
  const int width = model.config.d_model;
  fill.neutral(model, w.attention_norm, width);
  fill.neutral(model, w.mlp_norm, width);
  for (const Matrix* m : {&w.qkv, &w.output, &w.up, &w.down}) fill.uniform(model, *m, 1.0 / m->in);
  fill.zeros(model, w.qkv_bias, w.qkv.out);
  fill.zeros(model, w.output_bias, w.output.out);
  fill.zeros(model, w.up_bias, w.up.out);
  fill.zeros(model, w.down_bias, w.down.out);
}

}  // namespace

bool is_random_model(std::string_view text) { return text.starts_with(prefix); }

Result<RandomModelSpec> parse_random_model(std::string_view text) {
  std::map<std::string_view, std::uint64_t> given;
  std::string_view rest = text.substr(prefix.size());
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    const auto equals = part.find('=');
    if (equals == std::string_view::npos)
      return usage(text, "found " + quoted(part) + ", expected NAME=NUMBER");
    const std::string_view key = part.substr(0, equals), digits = part.substr(equals + 1);
    static constexpr std::string_view known[] = {"width", "layers", "heads",   "kv_heads",
                                                 "ffn",   "vocab",  "context", "seed"};
    if (std::ranges::find(known, key) == std::end(known))
      return usage(text,
                   "found " + quoted(key) +
                       ", expected width, layers, heads, kv_heads, ffn, vocab, context or seed");
    std::uint64_t number = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (end.ec != std::errc() || end.ptr != digits.data() + digits.size())
      return usage(text,
                   std::string(key) + ": found " + quoted(digits) + ", expected a whole number");
    if (key != "seed" && number > 1U << 20)
      return usage(text,
                   std::string(key) + ": found " + quoted(digits) + ", expected at most 1048576");
    if (!given.emplace(key, number).second)
      return usage(text, std::string(key) + " is given twice");
  }
  const auto value = [&](std::string_view key, int fallback) {
    const auto at = given.find(key);
    return at == given.end() ? fallback : static_cast<int>(at->second);
  };
  RandomModelSpec spec;
  ModelConfig& c = spec.config;
  c.family = Family::llama;
  c.d_model = value("width", 64);
  c.layers = value("layers", 2);
  c.heads = value("heads", 4);
  c.kv_heads = value("kv_heads", c.heads);
  c.ffn = value("ffn", 4 * c.d_model);
  c.vocabulary = value("vocab", 512);
  c.context_length = value("context", 4096);
  c.tied_head = true;
  if (given.contains("seed")) spec.seed = given["seed"];
  if (c.heads < 1 || c.d_model % c.heads != 0)
    return usage(text, "heads: found " + std::to_string(c.heads) +
                           ", expected a divisor of width " + std::to_string(c.d_model));
  c.head_dim = c.d_model / c.heads;
  if (auto error = validate(c, quoted(text))) return Error{ErrorKind::usage, error->message};
  return spec;
}

Result<std::shared_ptr<const Model>> make_random_model(
    const RandomModelSpec& spec, std::string_view name, std::uint64_t memory_limit_bytes,
    const std::function<bool(double)>& progress) {
  const ModelConfig& c = spec.config;
  if (auto error = check_memory(name, model_bytes(c), memory_limit_bytes,
                                "a smaller width, fewer layers or a smaller vocab"))
    return *error;
  auto model = std::make_shared<Model>(allocate_model(c, std::string(name)));
  Filler fill(spec.seed);
  // Small against what the layers add, so that the next token depends on more than the last one.
  constexpr double embedding_variance = 0.01;
  fill.uniform(*model, model->token_embedding, embedding_variance);
  if (!c.rotary()) fill.uniform(*model, model->position_embedding, embedding_variance);
  double done = 0;
  for (const LayerWeights& w : model->layers) {
    fill_layer(fill, *model, w);
    if (progress && !progress(++done / c.layers))
      return Error{ErrorKind::usage, std::string(name) + ": making it was cancelled"};
  }
  fill.neutral(*model, model->final_norm, c.d_model);
  if (!c.tied_head) fill.uniform(*model, model->head, 1.0 / c.d_model);
  return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace kv::core
