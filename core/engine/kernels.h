// The arithmetic of a transformer, one function per operation, on plain float32 rows. Each returns
// the FLOPs it did, from the shapes it worked on: whoever calls it adds them to the component the
// work belongs to, in the same line. Eigen is behind these and in no header.
#pragma once

#include <cstdint>

#include "core/base/parallel.h"
#include "core/base/uint128.h"
#include "core/engine/past.h"
#include "core/model/model.h"

namespace kv::core {

using Flops = std::uint64_t;

// y[rows, w.out] = x[rows, w.in] W^T. Returns the FLOPs of ONE output column, 2 * rows * w.in, so
// that a fused product can be shared out: times q_width for q, and so on.
Flops product(const Matrix& w, const float* x, int rows, float* y, Parallel* parallel);

// y[rows, width] = norm of each row of x, times gain (plus bias).
Flops layer_norm(const NormWeights& w, double epsilon, const float* x, int rows, int width,
                 float* y);
Flops rms_norm(const NormWeights& w, double epsilon, const float* x, int rows, int width, float* y);

// x[rows, width] += y, element by element; += bias [width] for every row.
Flops add_rows(float* x, const float* y, int rows, int width);
Flops add_bias(float* x, const float* bias, int rows, int width);

// Turns each pair (i, i + head_dim/2) of every head in place ("rotate half").
// x: `heads` heads of head_dim next to each other, rows `stride` floats apart.
// cosines, sines: [rows, head_dim / 2] of the rows' positions.
Flops rotate(float* x, int stride, int rows, int heads, int head_dim, const float* cosines,
             const float* sines);

// y[rows, ffn] = gelu_new(x), the tanh form of Hendrycks and Gimpel, arXiv:1606.08415.
Flops gelu_new(const float* x, int rows, int ffn, float* y);
// x: [rows, 2 ffn], gate then up; y[rows, ffn] = silu(gate) * up. Shazeer, arXiv:2002.05202.
Flops silu_gate(const float* x, int rows, int ffn, float* y);

// scores[rows, total] = q K^T / sqrt(head_dim) for one head. q: rows `stride` floats apart; keys:
// [head_dim][capacity]. Two counts: the product, and one scaling per score.
struct ScoreFlops {
  Flops product = 0;
  Flops scaling = 0;
};
ScoreFlops scores(const float* q, int stride, int rows, const float* keys, int capacity,
                  int head_dim, int total, float* out);

// One row: probabilities of the visible scores, 0 for the others. May work in place.
Flops softmax(const float* scores, int total, RowRange visible, float* probabilities);

// out = probabilities[rows, total] V for one head; values: [total][head_dim], out rows `stride`
// floats apart.
Flops weighted_sum(const float* probabilities, int rows, int total, const float* values,
                   int head_dim, float* out, int stride);

}  // namespace kv::core
