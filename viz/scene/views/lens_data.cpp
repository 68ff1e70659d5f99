#include "viz/scene/views/lens_data.h"

#include <cmath>

#include "core/engine/kernels.h"
#include "viz/scene/number_text.h"

namespace kv::scene {
namespace {

using Values = std::vector<float>;

// Everything the lens can ask of the newest row.
struct Newest {
  const Frame& f;
  const core::Replay& replay;
  const core::ModelConfig& c;
  const core::LayerRecord& layer;
  const core::LayerWeights& weights;

  Values row(std::span<const float> all, int width) const {
    if (all.size() < static_cast<std::size_t>(width)) return {};
    return {all.end() - width, all.end()};
  }
  Values head_row(std::span<const float> all, int head) const {
    const auto width = static_cast<std::size_t>(c.head_dim);
    const auto rows = static_cast<std::size_t>(replay.fresh);
    const std::size_t at = (static_cast<std::size_t>(head) * rows + rows - 1) * width;
    if (all.size() < at + width) return {};
    return {all.begin() + static_cast<std::ptrdiff_t>(at),
            all.begin() + static_cast<std::ptrdiff_t>(at + width)};
  }
  Values attention_row(std::span<const float> all) const {
    const auto total = static_cast<std::size_t>(replay.total());
    const auto kept = static_cast<std::size_t>(layer.kept);
    const std::size_t at = (static_cast<std::size_t>(f.view.head) * kept + kept - 1) * total;
    if (all.size() < at + total) return {};
    return {all.begin() + static_cast<std::ptrdiff_t>(at),
            all.begin() + static_cast<std::ptrdiff_t>(at + total)};
  }
  Values input() const { return row(layer.input, c.d_model); }
  Values normed(const core::NormWeights& norm, const Values& x) const {
    Values y(x.size());
    if (c.family == core::Family::gpt2)
      core::layer_norm(norm, c.norm_epsilon, x.data(), 1, c.d_model, y.data());
    else
      core::rms_norm(norm, c.norm_epsilon, x.data(), 1, c.d_model, y.data());
    return y;
  }
  static Values sum(Values a, const Values& b) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) a[i] += b[i];
    return a;
  }
  Values after_attention() const { return sum(input(), row(layer.attention_output, c.d_model)); }
  Values after_mlp() const { return sum(after_attention(), row(layer.mlp_output, c.d_model)); }
  // The turn undone: what the projection gave, up to rounding.
  Values before_turn(Values turned) const {
    if (!c.rotary()) return turned;
    const auto half = static_cast<std::size_t>(c.head_dim / 2);
    const int position = replay.block->position(replay.total() - 1);
    for (std::size_t i = 0; i < half && turned.size() == 2 * half; ++i) {
      const double angle = position * f.subject.run->model->rope_frequencies[i];
      const double x = turned[i], y = turned[i + half];
      turned[i] = static_cast<float>(x * std::cos(angle) + y * std::sin(angle));
      turned[i + half] = static_cast<float>(y * std::cos(angle) - x * std::sin(angle));
    }
    return turned;
  }
  Values scaled_scores() const {
    Values row = attention_row(layer.scores);
    if (!row.empty()) return row;
    // Not recorded on long runs: the same products from q and K.
    const Values q = head_row(layer.q, f.view.head);
    row.resize(static_cast<std::size_t>(replay.total()));
    core::scores(q.data(), c.head_dim, 1,
                 replay.block->key(f.view.layer, kv_head_of(f)), replay.block->capacity(),
                 c.head_dim, replay.total(), row.data());
    return row;
  }
  Values raw_scores() const {
    Values row = scaled_scores();
    for (float& score : row) score *= std::sqrt(static_cast<float>(c.head_dim));
    return row;
  }
  Values exponentials() const {
    Values row = scaled_scores();
    const float most = *std::ranges::max_element(row);
    for (float& score : row) score = std::exp(score - most);
    return row;
  }
  Values probabilities() const { return attention_row(layer.probabilities); }
  Values attended() const {
    const Values p = probabilities();
    Values out(static_cast<std::size_t>(c.head_dim));
    if (!p.empty())
      core::weighted_sum(p.data(), 1, replay.total(),
                         replay.block->value(f.view.layer, kv_head_of(f)), c.head_dim, out.data(),
                         c.head_dim);
    return out;
  }
};

std::optional<Newest> newest_of(const Frame& f, const core::Replay& replay) {
  const auto* layer = replay.record ? replay.record->layer(f.view.layer) : nullptr;
  if (!layer) return {};
  return Newest{f, replay, f.config(), *layer,
                f.subject.run->model->layers[static_cast<std::size_t>(f.view.layer)]};
}

std::string position_text(const core::Replay& replay) {
  return std::to_string(replay.block->position(replay.total() - 1));
}

}  // namespace

Operation lens_operation(const Frame& f) {
  const Moment& m = f.moment;
  if (!in_layer(m.operation) || m.layer == f.view.layer) return m.operation;
  return m.layer < f.view.layer ? Operation::embedding : Operation::mlp;
}

std::vector<LensVector> lens_vectors(const Frame& f, const core::Replay& replay,
                                     Operation operation) {
  const auto found = newest_of(f, replay);
  if (!found) return {};
  const Newest& n = *found;
  const Palette& c = f.colors;
  const auto head = [&](std::span<const float> all) { return n.head_row(all, f.view.head); };
  const auto kv = [&](std::span<const float> all) { return n.head_row(all, kv_head_of(f)); };
  const std::string before = ", " + f.say(words::lens_before), after = ", " + f.say(words::lens_after);
  switch (operation) {
    case Operation::embedding:
      return {{"x", n.row(replay.record->embedding, n.c.d_model), c.text}};
    case Operation::attention_norm:
      return {{"x", n.input(), c.text},
              {"norm(x)", n.normed(n.weights.attention_norm, n.input()), c.text}};
    case Operation::project:
      return {{"norm(x)", n.normed(n.weights.attention_norm, n.input()), c.text},
              {"q", n.before_turn(head(n.layer.q)), c.query},
              {"k", n.before_turn(kv(n.layer.k)), c.key},
              {"v", kv(n.layer.v), c.value}};
    case Operation::rotary:
      return {{"q" + before, n.before_turn(head(n.layer.q)), c.query},
              {"q" + after, head(n.layer.q), c.query},
              {"k" + before, n.before_turn(kv(n.layer.k)), c.key},
              {"k" + after, kv(n.layer.k), c.key}};
    case Operation::append:
      return {{"k", kv(n.layer.k), c.key}, {"v", kv(n.layer.v), c.value}};
    case Operation::scores:
      return {{"q", head(n.layer.q), c.query},
              {"q\u00B7K\u1D40", n.raw_scores(), c.text, Scale::diverging, true}};
    case Operation::scale:
      return {{"q\u00B7K\u1D40", n.raw_scores(), c.text, Scale::diverging, true},
              {"/ \u221A" + std::to_string(n.c.head_dim), n.scaled_scores(), c.text,
               Scale::diverging, true}};
    case Operation::mask:
      return {{f.say(words::scores_name), n.scaled_scores(), c.text, Scale::diverging, true}};
    case Operation::softmax:
      return {{f.say(words::scores_name), n.scaled_scores(), c.text, Scale::diverging, true},
              {"exp", n.exponentials(), c.text, Scale::sequential, true},
              {"p", n.probabilities(), c.text, Scale::sequential, true}};
    case Operation::weighted_sum:
      return {{"p", n.probabilities(), c.text, Scale::sequential, true},
              {"p\u00B7V", n.attended(), c.value}};
    case Operation::output:
      return {{"x", n.input(), c.text},
              {"+ W\u2092(\u2026)", n.row(n.layer.attention_output, n.c.d_model), c.output},
              {"x" + after, n.after_attention(), c.text}};
    case Operation::mlp_norm:
      return {{"x", n.after_attention(), c.text},
              {"norm(x)", n.normed(n.weights.mlp_norm, n.after_attention()), c.text}};
    case Operation::mlp:
      return {{"x", n.after_attention(), c.text},
              {"+ MLP", n.row(n.layer.mlp_output, n.c.d_model), c.mlp},
              {"x" + after, n.after_mlp(), c.text}};
    case Operation::final_norm:
    case Operation::logits:
    case Operation::choice:
      return {{"norm(x)", n.row(replay.record->final_norm, n.c.d_model), c.text}};
  }
  return {};
}

std::vector<TextRun> lens_formula(const Frame& f, const core::Replay& replay,
                                  Operation operation) {
  const auto& c = f.config();
  const Palette& p = f.colors;
  const Font font = Font::body;
  const auto words = [&](std::string text) { return TextRun{std::move(text), font, p.text}; };
  const auto shape = [&](std::string text) { return TextRun{std::move(text), Font::tiny, p.muted}; };
  const std::string d = std::to_string(c.d_model), hd = std::to_string(c.head_dim);
  const std::string t = std::to_string(replay.total());
  const TextRun q{"q", Font::body_bold, p.query}, k{"K", Font::body_bold, p.key},
      v{"V", Font::body_bold, p.value};
  switch (operation) {
    case Operation::embedding:
      return {words(c.rotary() ? "x = E[token]" : "x = E[token] + P[position]"),
              shape("   [1\u00D7" + d + "]")};
    case Operation::attention_norm:
    case Operation::mlp_norm:
    case Operation::final_norm:
      return {words(c.family == core::Family::gpt2
                        ? "(x \u2212 mean) / \u221A(variance + \u03B5) \u00B7 gain + bias"
                        : "x / \u221A(mean(x\u00B2) + \u03B5) \u00B7 gain")};
    case Operation::project:
      return {q, words(" = norm(x)\u00B7W_q   "), {"k", Font::body_bold, p.key},
              words(" = norm(x)\u00B7W_k   "), {"v", Font::body_bold, p.value},
              words(" = norm(x)\u00B7W_v"), shape("   [1\u00D7" + d + "]\u00B7[" + d + "\u00D7" + hd + "]")};
    case Operation::rotary:
      return {words("(x, y) \u2192 (x cos \u03B8 \u2212 y sin \u03B8, x sin \u03B8 + y cos \u03B8)")};
    case Operation::append:
      return {k, words(" \u2190 [" ), k, words("; "), {"k", Font::body_bold, p.key}, words("]   "), v,
              words(" \u2190 ["), v, words("; "), {"v", Font::body_bold, p.value}, words("]"),
              shape("   [" + t + "\u00D7" + hd + "]")};
    case Operation::scores:
      return {q, words(" \u00B7 "), {"K\u1D40", Font::body_bold, p.key},
              shape("   [1\u00D7" + hd + "]\u00B7[" + hd + "\u00D7" + t + "] \u2192 [1\u00D7" + t + "]")};
    case Operation::scale:
      return {q, words(" \u00B7 "), {"K\u1D40", Font::body_bold, p.key}, words(" / \u221A" + hd),
              shape("   [1\u00D7" + t + "]")};
    case Operation::mask:
      return {words("score[i, j] = \u2212\u221E   (j > i)"), shape("   [1\u00D7" + t + "]")};
    case Operation::softmax:
      return {words("p = exp(s \u2212 max s) / \u03A3 exp(s \u2212 max s)"), shape("   [1\u00D7" + t + "]")};
    case Operation::weighted_sum:
      return {words("p \u00B7 "), v,
              shape("   [1\u00D7" + t + "]\u00B7[" + t + "\u00D7" + hd + "] \u2192 [1\u00D7" + hd + "]")};
    case Operation::output:
      return {words("x \u2190 x + concat(heads)\u00B7W_o"),
              shape("   [1\u00D7" + std::to_string(c.q_width()) + "]\u00B7[" +
                    std::to_string(c.q_width()) + "\u00D7" + d + "]")};
    case Operation::mlp:
      return {words(c.gated_mlp() ? "x \u2190 x + W_down(silu(W_gate x) \u2299 W_up x)"
                                  : "x \u2190 x + W_down gelu(W_up x)"),
              shape("   " + d + " \u2192 " + std::to_string(c.ffn) + " \u2192 " + d)};
    case Operation::logits:
    case Operation::choice:
      return {words("logits = norm(x)\u00B7E\u1D40   p = softmax(logits)"),
              shape("   [1\u00D7" + d + "]\u00B7[" + d + "\u00D7" + std::to_string(c.vocabulary) + "]")};
  }
  return {};
}

std::string lens_sentence(const Frame& f, const core::Replay& replay, Operation operation) {
  const auto found = newest_of(f, replay);
  const std::string total = grouped_text(static_cast<core::Uint128>(replay.total()));
  switch (operation) {
    case Operation::embedding: return f.say(words::lens_embedding);
    case Operation::attention_norm:
    case Operation::mlp_norm:
    case Operation::final_norm: return f.say(words::lens_norm);
    case Operation::project: return f.say(words::lens_project);
    case Operation::rotary: return f.say(words::lens_rotary, {position_text(replay)});
    case Operation::append:
      return f.say(words::lens_append, {total}) + "; " + f.say(words::lens_no_cache_append);
    case Operation::scores: return f.say(words::lens_scores, {total});
    case Operation::scale: return f.say(words::lens_scale);
    case Operation::mask: return f.say(words::lens_mask, {total});
    case Operation::softmax: {
      if (!found) return {};
      double sum = 0;
      for (const float e : found->exponentials()) sum += static_cast<double>(e);
      return f.say(words::lens_softmax, {value_text(sum)});
    }
    case Operation::weighted_sum: return f.say(words::lens_weighted_sum);
    case Operation::output: return f.say(words::lens_output);
    case Operation::mlp: return f.say(words::lens_mlp);
    case Operation::logits:
      return f.say(words::lens_logits, {grouped_text(static_cast<core::Uint128>(f.config().vocabulary))});
    case Operation::choice: return f.say(words::lens_choice, {f.status.sampling});
  }
  return {};
}

}  // namespace kv::scene
