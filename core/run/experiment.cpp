#include "core/run/experiment.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/run/compare.h"

namespace kv::core {
namespace {

// Noise of mean 0 and variance 1, the same on every machine: the sum of four uniform numbers, each
// 16 of the bits, is nearly normal and has variance 4/12.
double noise(std::uint64_t stream, std::uint64_t index) {
  const std::uint64_t bits = random_bits(stream, index);
  constexpr std::uint64_t low = 0xFFFF;
  const std::uint64_t sum =
      (bits & low) + (bits >> 16 & low) + (bits >> 32 & low) + (bits >> 48 & low);
  constexpr double mean = 4 * 0xFFFF / 2.0;
  return (static_cast<double>(sum) - mean) / 0x10000 * std::sqrt(3.0);
}

// Moves weights a little, each piece by its own measure and its own stream.
class Nudge {
 public:
  explicit Nudge(Model& model) : model_(model) {}

  void piece(const float* weights, int out, int in) {
    const auto count = static_cast<std::size_t>(out) * static_cast<std::size_t>(in);
    const std::span<float> moved(writable(model_, weights), count);
    double squares = 0;
    for (const float w : moved) squares += static_cast<double>(w) * static_cast<double>(w);
    const double size = share_of_rms * std::sqrt(squares / static_cast<double>(count));
    const std::uint64_t stream = random_bits(seed, pieces_++);
    for (std::size_t i = 0; i < count; ++i) moved[i] += static_cast<float>(size * noise(stream, i));
  }

  void vector(const float* weights, int width) {
    if (weights) piece(weights, width, 1);
  }

  void norm(const NormWeights& w) {
    vector(w.gain, model_.config.d_model);
    vector(w.bias, model_.config.d_model);
  }

  // Projections stacked in one matrix, each as a matrix of its own, and their biases (or null).
  void stack(const float* weights, const float* bias, int in, const std::vector<int>& outs) {
    for (const int out : outs) {
      piece(weights, out, in);
      weights += std::int64_t{out} * in;
      vector(bias, out);
      if (bias) bias += out;
    }
  }

 private:
  static constexpr double share_of_rms = 0.02;
  static constexpr std::uint64_t seed = 1;
  Model& model_;
  std::uint64_t pieces_ = 0;
};

// As much memory again as the model itself.
Model copy_of(const Model& model) {
  Model copy = allocate_model(model.config, model.name);
  assert(copy.slab.size() == model.slab.size());
  std::ranges::copy(model.slab.span(), copy.slab.data());
  copy.rope_frequencies = model.rope_frequencies;
  return copy;
}

// The model after one small step like those of training: everything but embeddings and head moved.
Model nudged(const Model& model) {
  Model moved = copy_of(model);
  const ModelConfig& c = moved.config;
  Nudge nudge(moved);
  for (const LayerWeights& w : moved.layers) {
    nudge.norm(w.attention_norm);
    nudge.stack(w.qkv.data, w.qkv_bias, w.qkv.in, {c.q_width(), c.kv_width(), c.kv_width()});
    nudge.stack(w.output.data, w.output_bias, w.output.in, {w.output.out});
    nudge.norm(w.mlp_norm);
    nudge.stack(w.up.data, w.up_bias, w.up.in, std::vector<int>(c.gated_mlp() ? 2U : 1U, c.ffn));
    nudge.stack(w.down.data, w.down_bias, w.down.in, {w.down.out});
  }
  nudge.norm(moved.final_norm);
  return moved;
}

// Tells how far several forwards are together, by the rows they compute.
class JointProgress {
 public:
  JointProgress(const StepOptions& options, int all_rows)
      : options_(options), told_(options.progress), all_rows_(all_rows) {
    share_ = [this](double share) { return (*told_)((before_ + share * rows_) / all_rows_); };
    if (told_) options_.progress = &share_;
  }
  JointProgress(const JointProgress&) = delete;
  JointProgress& operator=(const JointProgress&) = delete;

  // For the next forward, of so many rows.
  const StepOptions& next(int rows) {
    before_ += rows_;
    rows_ = rows;
    return options_;
  }

 private:
  StepOptions options_;
  const std::function<bool(double)>* told_;
  std::function<bool(double)> share_;
  double all_rows_, before_ = 0, rows_ = 0;
};

// What all forwards of an experiment have in common.
struct Setup {
  const Run& run;
  const Model& model;  // the run's, or after its nudge
  Visibility visibility;
  std::vector<Token> tokens;  // of the step
  Workspace& work;
  JointProgress progress;

  int total() const { return static_cast<int>(tokens.size()); }

  // The first `rows` rows of the run's cache.
  OwnPast past(int rows) const {
    OwnPast own = first_rows(run, rows, total());
    own.visibility = visibility;
    return own;
  }

  // The first `count` tokens, those behind the past computed.
  std::optional<Replay> forward(OwnPast own, int count, Side side, const RecordRequest& request) {
    const int fresh = count - own.rows;
    return replay_on(model, std::move(own),
                     std::span(tokens).first(static_cast<std::size_t>(count)), side, request, work,
                     progress.next(fresh));
  }
};

// The rows before the newest as forward() writes them under this condition, without the newest
// token in sight. Nothing when abandoned.
std::optional<OwnPast> rows_before_newest(Setup& setup) {
  OwnPast past = setup.past(0);
  const int rows = setup.total() - 1;
  if (!setup.forward(past, rows, Side::cached, nothing_recorded())) return {};
  past.rows = rows;
  return past;
}

void drop_values(const OwnPast& past) {
  KvBlock& block = *past.block;
  for (int layer = 0; layer < block.layers(); ++layer)
    for (int head = 0; head < block.kv_heads(); ++head)
      std::fill_n(block.value(layer, head), std::int64_t{past.rows} * block.head_dim(), 0.0F);
}

// a minus b, of the same capacity; what lies behind the rows is zero in both.
std::shared_ptr<const KvBlock> difference_of(const KvBlock& a, const KvBlock& b, int rows) {
  assert(a.capacity() == b.capacity());
  auto difference = std::make_shared<KvBlock>(a.layers(), a.kv_heads(), a.head_dim(), a.capacity());
  difference->copy_rows(a, rows);
  const std::int64_t count = std::int64_t{a.head_dim()} * a.capacity();
  for (int layer = 0; layer < a.layers(); ++layer)
    for (int head = 0; head < a.kv_heads(); ++head)
      for (std::int64_t i = 0; i < count; ++i) {
        difference->key(layer, head)[i] -= b.key(layer, head)[i];
        difference->value(layer, head)[i] -= b.value(layer, head)[i];
      }
  return difference;
}

KvBlock first_layer(const KvBlock& block, int rows) {
  KvBlock layer(1, block.kv_heads(), block.head_dim(), block.capacity());
  layer.copy_rows(block, rows);
  return layer;
}

std::uint64_t bytes_kept(Experiment experiment, const ModelConfig& c, int rows) {
  const auto cache = static_cast<std::uint64_t>(rows) * cache_bytes_per_token(c);
  const auto queries = static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(c.layers) *
                       static_cast<std::uint64_t>(c.q_width()) * sizeof(float);
  if (experiment == Experiment::drop_values) return cache / 2;
  return experiment == Experiment::keep_queries ? cache + queries : cache;
}

void compare(ExperimentResult& result, const Run& run, int position) {
  const KvBlock &cached = *result.cached.block, &fresh = *result.fresh.block;
  const int total = result.cached.total(), old = result.cached.past;
  result.difference = difference_of(cached, fresh, total);
  result.keys = max_key_difference(cached, fresh, total);
  result.values = max_value_difference(cached, fresh, total);
  result.logits = max_abs_difference(result.cached.logits, result.fresh.logits);
  result.old_keys = max_key_difference(cached, fresh, old);
  result.old_keys_first_layer =
      max_key_difference(first_layer(cached, old), first_layer(fresh, old), old);
  result.same_token = choose_token(result.cached.logits, run.sampling, position) ==
                      choose_token(result.fresh.logits, run.sampling, position);
  result.bytes_kept = bytes_kept(result.experiment, run.model->config, total);
}

}  // namespace

std::uint64_t ExperimentResult::bytes() const {
  return fresh.bytes() + cached.bytes() + (difference ? difference->bytes() : 0);
}

std::optional<ExperimentResult> run_experiment(const Run& run, int index, Experiment experiment,
                                               const RecordRequest& request, Workspace& work,
                                               const StepOptions& options) {
  assert(index >= 1);
  const Step& step = *run.steps[static_cast<std::size_t>(index)];
  const bool no_mask = experiment == Experiment::no_mask;
  const std::optional<Model> other =
      experiment == Experiment::stale_weights ? std::optional(nudged(*run.model)) : std::nullopt;
  std::vector<Token> tokens = tokens_of(run);
  tokens.resize(static_cast<std::size_t>(step.total()));
  const int rows = step.total() + step.fresh + (no_mask ? step.total() - 1 : 0);
  Setup setup{run,
              other ? *other : *run.model,
              no_mask ? Visibility::all : Visibility::causal,
              std::move(tokens),
              work,
              JointProgress(options, rows)};

  auto fresh = setup.forward(setup.past(0), step.total(), Side::uncached, request);
  if (!fresh) return {};
  auto past = no_mask ? rows_before_newest(setup) : setup.past(step.past);
  if (!past) return {};
  if (experiment == Experiment::drop_values) drop_values(*past);
  auto cached = setup.forward(*std::move(past), step.total(), Side::cached, request);
  if (!cached) return {};

  ExperimentResult result{.experiment = experiment,
                          .fresh = *std::move(fresh),
                          .cached = *std::move(cached),
                          .difference = nullptr};
  result.fresh.step = result.cached.step = index;
  compare(result, run, step.position);
  return result;
}

}  // namespace kv::core
