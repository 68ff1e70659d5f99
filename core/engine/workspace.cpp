#include "core/engine/workspace.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/engine/attention.h"
#include "core/model/model.h"

namespace kv::core {
namespace {

// Floats of each piece, in the order of the pointers below.
std::array<std::size_t, 9> piece_sizes(const ModelConfig& c, int rows, int total, int parts,
                                       int logit_rows) {
  const auto piece = [](std::int64_t count, std::int64_t width) {
    return aligned_count(static_cast<std::size_t>(count) * static_cast<std::size_t>(width));
  };
  return {piece(rows, c.d_model),
          piece(rows, c.d_model),
          piece(rows, c.q_width() + 2 * c.kv_width()),
          piece(rows, c.q_width()),
          piece(rows, c.d_model),
          piece(rows, c.gated_mlp() ? 2 * c.ffn : c.ffn),
          piece(rows, c.ffn),
          static_cast<std::size_t>(parts) * attention_scratch(rows, total),
          piece(logit_rows, c.vocabulary)};
}

// Half as much again, so that a context that grows by one does not allocate at every step.
std::size_t with_headroom(std::size_t count) { return count + count / 2; }

}  // namespace

std::uint64_t workspace_bytes(const ModelConfig& c, int rows, int total, int parts,
                              int logit_rows) {
  std::size_t needed = 0;
  for (const std::size_t size : piece_sizes(c, rows, total, parts, logit_rows)) needed += size;
  const std::size_t rotary =
      c.rotary() ? 2 * static_cast<std::size_t>(total) * static_cast<std::size_t>(c.head_dim) : 0;
  return (with_headroom(needed) + rotary) * sizeof(float);
}

void Workspace::prepare(const Model& model, int rows, int total, int parts, int logit_rows,
                        int first) {
  const ModelConfig& c = model.config;
  float** const places[] = {&x,      &normed, &qkv,    &attended, &added,
                            &hidden, &active, &scores, &logits};
  const auto sizes = piece_sizes(c, rows, total, parts, logit_rows);
  std::size_t needed = 0;
  for (const std::size_t size : sizes) needed += size;
  if (slab_.size() < needed) {
    slab_ = AlignedBuffer(with_headroom(needed));
    std::ranges::fill(slab_.span(), 0.0F);  // takes the pages now, not within a measured step
  }
  float* next = slab_.data();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    *places[i] = next;
    next += sizes[i];
  }
  if (c.rotary()) {
    prepare_rotary(model, first + rows);
    cosines = cosine_table_.data() + std::int64_t{first} * (c.head_dim / 2);
    sines = sine_table_.data() + std::int64_t{first} * (c.head_dim / 2);
  }
}

void Workspace::prepare_rotary(const Model& model, int positions) {
  if (model.rope_frequencies != frequencies_) {
    frequencies_ = model.rope_frequencies;
    positions_ = 0;
  }
  if (positions <= positions_) return;
  const int target = std::max({positions, 2 * positions_, 256});
  const std::size_t half = frequencies_.size();
  cosine_table_.resize(static_cast<std::size_t>(target) * half);
  sine_table_.resize(static_cast<std::size_t>(target) * half);
  for (int position = positions_; position < target; ++position) {
    for (std::size_t i = 0; i < half; ++i) {
      const double angle = position * frequencies_[i];
      const std::size_t at = static_cast<std::size_t>(position) * half + i;
      cosine_table_[at] = static_cast<float>(std::cos(angle));
      sine_table_[at] = static_cast<float>(std::sin(angle));
    }
  }
  positions_ = target;
}

}  // namespace kv::core
