#include "core/engine/kernels.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "core/engine/op_count.h"

namespace kv::core {
namespace {

using Eigen::Index;
using Cost = ElementwiseCost;
using RowArray = Eigen::Map<const Eigen::ArrayXf>;
using MutableRowArray = Eigen::Map<Eigen::ArrayXf>;
using Columns = Eigen::MatrixXf;
using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using OuterStride = Eigen::OuterStride<>;

Flops flops(std::int64_t a, std::int64_t b, std::int64_t c = 1) {
  return static_cast<Flops>(a) * static_cast<Flops>(b) * static_cast<Flops>(c);
}

const float* row_of(const float* data, int row, std::int64_t stride) { return data + row * stride; }
float* row_of(float* data, int row, std::int64_t stride) { return data + row * stride; }

// One output after the other, 32 products at a time, so that the weights are read in one straight
// line: several rows of weights at once read memory at half the speed or less.
void vector_product(const Matrix& w, const float* x, PartRange outputs, float* y) {
  using Lanes = Eigen::Array<float, 32, 1>;
  using ConstLanes = Eigen::Map<const Lanes>;
  const Index in = w.in;
  const Index whole = in / Lanes::RowsAtCompileTime * Lanes::RowsAtCompileTime;
  for (std::int64_t o = outputs.begin; o < outputs.end; ++o) {
    const float* weights = w.data + o * in;
    Lanes sum = Lanes::Zero();
    for (Index i = 0; i < whole; i += Lanes::RowsAtCompileTime)
      sum += ConstLanes(weights + i) * ConstLanes(x + i);
    float rest = 0;
    for (Index i = whole; i < in; ++i) rest += weights[i] * x[i];
    y[o] = sum.sum() + rest;
  }
}

void matrix_product(const Matrix& w, const float* x, int rows, PartRange outputs, float* y) {
  const Eigen::Map<const RowMajor> weights(w.data + outputs.begin * w.in, outputs.size(), w.in);
  const Eigen::Map<const Columns> in(x, w.in, rows);
  Eigen::Map<Columns, 0, OuterStride> out(y + outputs.begin, outputs.size(), rows,
                                          OuterStride(w.out));
  out.noalias() = weights * in;
}

}  // namespace

Flops product(const Matrix& w, const float* x, int rows, float* y, Parallel* parallel) {
  parallel = worth_sharing(parallel, Index{rows} * w.out * w.in);
  for_each_part(parallel, [&](int part) {
    const PartRange outputs = part_range(w.out, part, parts_of(parallel), 16);
    if (outputs.size() <= 0) return;
    if (rows == 1) {
      vector_product(w, x, outputs, y);
    } else {
      matrix_product(w, x, rows, outputs, y);
    }
  });
  return flops(2, rows, w.in);
}

Flops layer_norm(const NormWeights& w, double epsilon, const float* x, int rows, int width,
                 float* y) {
  const RowArray gain(w.gain, width), bias(w.bias, width);
  for (int r = 0; r < rows; ++r) {
    const RowArray in(row_of(x, r, width), width);
    MutableRowArray out(row_of(y, r, width), width);
    out = in - in.mean();
    const float variance = out.square().mean();
    out = out * (1.0F / std::sqrt(variance + static_cast<float>(epsilon))) * gain + bias;
  }
  return flops(rows, width, Cost::layer_norm_per_element) + flops(rows, Cost::layer_norm_per_row);
}

Flops rms_norm(const NormWeights& w, double epsilon, const float* x, int rows, int width,
               float* y) {
  const RowArray gain(w.gain, width);
  for (int r = 0; r < rows; ++r) {
    const RowArray in(row_of(x, r, width), width);
    const float mean_square = in.square().mean();
    MutableRowArray(row_of(y, r, width), width) =
        in * (1.0F / std::sqrt(mean_square + static_cast<float>(epsilon))) * gain;
  }
  return flops(rows, width, Cost::rms_norm_per_element) + flops(rows, Cost::rms_norm_per_row);
}

Flops add_rows(float* x, const float* y, int rows, int width) {
  const Index count = Index{rows} * width;
  MutableRowArray(x, count) += RowArray(y, count);
  return flops(rows, width, Cost::add_per_element);
}

Flops add_bias(float* x, const float* bias, int rows, int width) {
  for (int r = 0; r < rows; ++r)
    MutableRowArray(row_of(x, r, width), width) += RowArray(bias, width);
  return flops(rows, width, Cost::add_per_element);
}

Flops rotate(float* x, int stride, int rows, int heads, int head_dim, const float* cosines,
             const float* sines) {
  const int half = head_dim / 2;
  for (int r = 0; r < rows; ++r) {
    const RowArray cosine(row_of(cosines, r, half), half), sine(row_of(sines, r, half), half);
    for (int h = 0; h < heads; ++h) {
      float* head = row_of(x, r, stride) + Index{h} * head_dim;
      for (int i = 0; i < half; ++i) {
        const float a = head[i], b = head[half + i];
        head[i] = a * cosine[i] - b * sine[i];
        head[half + i] = b * cosine[i] + a * sine[i];
      }
    }
  }
  return flops(rows, Index{heads} * head_dim, Cost::rotary_per_element);
}

Flops gelu_new(const float* x, int rows, int ffn, float* y) {
  constexpr float root_2_over_pi = 0.7978845608028654F;
  const Index count = Index{rows} * ffn;
  const RowArray in(x, count);
  MutableRowArray(y, count) =
      0.5F * in * (1.0F + (root_2_over_pi * (in + 0.044715F * in * in * in)).tanh());
  return flops(rows, ffn, Cost::gelu_per_element);
}

Flops silu_gate(const float* x, int rows, int ffn, float* y) {
  for (int r = 0; r < rows; ++r) {
    const RowArray gate(row_of(x, r, 2 * Index{ffn}), ffn);
    const RowArray up(row_of(x, r, 2 * Index{ffn}) + ffn, ffn);
    MutableRowArray(row_of(y, r, ffn), ffn) = gate / (1.0F + (-gate).exp()) * up;
  }
  return flops(rows, ffn, Cost::silu_gate_per_element);
}

ScoreFlops scores(const float* q, int stride, int rows, const float* keys, int capacity,
                  int head_dim, int total, float* out) {
  const float scale = 1.0F / std::sqrt(static_cast<float>(head_dim));
  const Eigen::Map<const Columns, 0, OuterStride> k(keys, total, head_dim, OuterStride(capacity));
  if (rows == 1) {
    Eigen::Map<Eigen::VectorXf>(out, total).noalias() =
        scale * k * Eigen::Map<const Eigen::VectorXf>(q, head_dim);
  } else {
    const Eigen::Map<const Columns, 0, OuterStride> queries(q, head_dim, rows, OuterStride(stride));
    Eigen::Map<Columns>(out, total, rows).noalias() = scale * k * queries;
  }
  return {flops(2 * Index{rows}, total, head_dim), flops(rows, total, Cost::scale_per_score)};
}

Flops softmax(const float* scores, int total, RowRange visible, float* probabilities) {
  const RowArray seen(scores + visible.begin, visible.size());
  MutableRowArray out(probabilities + visible.begin, visible.size());
  const float largest = seen.maxCoeff();
  out = (seen - largest).exp();
  out *= 1.0F / out.sum();
  std::fill(probabilities, probabilities + visible.begin, 0.0F);
  std::fill(probabilities + visible.end, probabilities + total, 0.0F);
  return flops(visible.size(), Cost::softmax_per_visible) + Cost::softmax_per_row;
}

Flops weighted_sum(const float* probabilities, int rows, int total, const float* values,
                   int head_dim, float* out, int stride) {
  const Eigen::Map<const Columns> v(values, head_dim, total);
  if (rows == 1) {
    Eigen::Map<Eigen::VectorXf>(out, head_dim).noalias() =
        v * Eigen::Map<const Eigen::VectorXf>(probabilities, total);
  } else {
    const Eigen::Map<const Columns> p(probabilities, total, rows);
    Eigen::Map<Columns, 0, OuterStride>(out, head_dim, rows, OuterStride(stride)).noalias() = v * p;
  }
  return flops(2 * Index{rows}, total, head_dim);
}

}  // namespace kv::core
