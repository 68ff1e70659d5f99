// What an elementwise operation says it cost is what a plain loop over the same numbers does: the
// loops below are written from the formulas, on numbers that count what is done with them.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/engine/kernels.h"

namespace kv::core {
namespace {

Flops done = 0;

// A value of a formula; every operation on one counts.
struct Number {
  float value = 0;
};
Number counted(float value) {
  ++done;
  return {value};
}
Number operator+(Number a, Number b) { return counted(a.value + b.value); }
Number operator-(Number a, Number b) { return counted(a.value - b.value); }
Number operator*(Number a, Number b) { return counted(a.value * b.value); }
Number operator/(Number a, Number b) { return counted(a.value / b.value); }
Number operator-(Number a) { return counted(-a.value); }
Number root(Number a) { return counted(std::sqrt(a.value)); }
Number exponential(Number a) { return counted(std::exp(a.value)); }
Number hyperbolic_tangent(Number a) { return counted(std::tanh(a.value)); }
Number larger(Number a, Number b) { return counted(std::max(a.value, b.value)); }

constexpr int rows = 3, width = 10;
constexpr Number one{1}, epsilon{1e-5F}, columns{width};

class ElementwiseCount : public testing::Test {
 protected:
  // A different number for every place.
  static std::vector<float> some(int count, float seed) {
    std::vector<float> values(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = std::sin(seed + 1.7F * static_cast<float>(i));
    return values;
  }
  static Number at(const std::vector<float>& values, int row, int column, int stride = width) {
    return {values[static_cast<std::size_t>(row * stride + column)]};
  }
  void expect(int row, int column, Number value, int stride = width) const {
    EXPECT_NEAR(at(out_, row, column, stride).value, value.value, 1e-5F) << row << ", " << column;
  }
  void SetUp() override { done = 0; }

  std::vector<float> x_ = some(rows * width, 0.3F), y_ = some(rows * width, 2);
  std::vector<float> gain_ = some(width, 4), bias_ = some(width, 5);
  std::vector<float> out_ = std::vector<float>(rows * width);
};

TEST_F(ElementwiseCount, LayerNorm) {
  const Flops said = layer_norm({gain_.data(), bias_.data()}, 1e-5, x_.data(), rows, width, out_.data());
  for (int r = 0; r < rows; ++r) {
    Number sum, squares, centred[width];
    for (int c = 0; c < width; ++c) sum = sum + at(x_, r, c);
    const Number mean = sum / columns;
    for (int c = 0; c < width; ++c) centred[c] = at(x_, r, c) - mean;
    for (int c = 0; c < width; ++c) squares = squares + centred[c] * centred[c];
    const Number scale = one / root(squares / columns + epsilon);
    for (int c = 0; c < width; ++c)
      expect(r, c, centred[c] * scale * at(gain_, 0, c) + at(bias_, 0, c));
  }
  EXPECT_EQ(said, done);
}

TEST_F(ElementwiseCount, RmsNorm) {
  const Flops said = rms_norm({gain_.data(), nullptr}, 1e-5, x_.data(), rows, width, out_.data());
  for (int r = 0; r < rows; ++r) {
    Number squares;
    for (int c = 0; c < width; ++c) squares = squares + at(x_, r, c) * at(x_, r, c);
    const Number scale = one / root(squares / columns + epsilon);
    for (int c = 0; c < width; ++c) expect(r, c, at(x_, r, c) * scale * at(gain_, 0, c));
  }
  EXPECT_EQ(said, done);
}

TEST_F(ElementwiseCount, Sums) {
  out_ = x_;
  Flops said = add_rows(out_.data(), y_.data(), rows, width);
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < width; ++c) expect(r, c, at(x_, r, c) + at(y_, r, c));
  EXPECT_EQ(said, done);
  out_ = x_;
  said += add_bias(out_.data(), bias_.data(), rows, width);
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < width; ++c) expect(r, c, at(x_, r, c) + at(bias_, 0, c));
  EXPECT_EQ(said, done);
}

// Two heads of four in a row of ten, of which the last two are left alone.
TEST_F(ElementwiseCount, Rotation) {
  const std::vector<float> cosines = some(rows * 2, 6), sines = some(rows * 2, 7);
  out_ = x_;
  const Flops said = rotate(out_.data(), width, rows, 2, 4, cosines.data(), sines.data());
  for (int r = 0; r < rows; ++r) {
    for (int h = 0; h < 2; ++h)
      for (int i = 0; i < 2; ++i) {
        const Number a = at(x_, r, 4 * h + i), b = at(x_, r, 4 * h + i + 2);
        const Number cosine = at(cosines, r, i, 2), sine = at(sines, r, i, 2);
        expect(r, 4 * h + i, a * cosine - b * sine);
        expect(r, 4 * h + i + 2, a * sine + b * cosine);
      }
    for (int c = 8; c < width; ++c) expect(r, c, at(x_, r, c));
  }
  EXPECT_EQ(said, done);
}

TEST_F(ElementwiseCount, Softmax) {
  const RowRange visible{1, 8};
  const Flops said = softmax(x_.data(), width, visible, out_.data());
  Number largest{-INFINITY}, sum, powers[width];
  for (int c = visible.begin; c < visible.end; ++c) largest = larger(largest, at(x_, 0, c));
  for (int c = visible.begin; c < visible.end; ++c) powers[c] = exponential(at(x_, 0, c) - largest);
  for (int c = visible.begin; c < visible.end; ++c) sum = sum + powers[c];
  const Number share = one / sum;
  for (int c = visible.begin; c < visible.end; ++c) expect(0, c, powers[c] * share);
  for (const int c : {0, 8, 9}) expect(0, c, {});
  EXPECT_EQ(said, done);
}

TEST_F(ElementwiseCount, ScalingOfScores) {
  const std::vector<float> keys = some(2 * width, 8);  // [head_dim 2][capacity 10], 6 of them there
  const ScoreFlops said = scores(x_.data(), 2, rows, keys.data(), width, 2, 6, out_.data());
  const Number scale{1 / std::sqrt(2.0F)};
  for (int r = 0; r < rows; ++r)
    for (int t = 0; t < 6; ++t) {
      const float product = at(x_, r, 0, 2).value * at(keys, 0, t).value +
                            at(x_, r, 1, 2).value * at(keys, 1, t).value;
      expect(r, t, Number{product} * scale, 6);
    }
  EXPECT_EQ(said.scaling, done);
  EXPECT_EQ(said.product, 2U * rows * 6 * 2);
}

TEST_F(ElementwiseCount, Gelu) {
  const Flops said = gelu_new(x_.data(), rows, width, out_.data());
  constexpr Number c3{0.044715F}, half{0.5F}, scale{0.7978845608F};
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < width; ++c) {
      const Number v = at(x_, r, c);
      const Number inner = scale * (v + c3 * v * v * v);
      expect(r, c, half * (hyperbolic_tangent(inner) + one) * v);
    }
  EXPECT_EQ(said, done);
}

TEST_F(ElementwiseCount, SiluGate) {
  constexpr int ffn = width / 2;
  const Flops said = silu_gate(x_.data(), rows, ffn, out_.data());
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < ffn; ++c) {
      const Number gate = at(x_, r, c), up = at(x_, r, c + ffn);
      expect(r, c, gate / (exponential(-gate) + one) * up, ffn);
    }
  EXPECT_EQ(said, done);
}

}  // namespace
}  // namespace kv::core
