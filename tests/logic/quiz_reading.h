// What a learner has to answer a question of the quiz with: the numbers in its text, and sizes of
// the model it names. And what forwards cost, counted plainly, a step after the other.
#pragma once

#include <string>
#include <vector>

#include "app/logic/lab/quiz.h"

namespace kv::test {

struct Reading {
  std::vector<double> numbers;  // in their order, with their units
  core::CostConfig model;       // a preset's, where one is named
  std::string text;
};
Reading read(const app::AskedQuestion& question);

struct Flops {
  double attention = 0, rest = 0, head = 0;
  double total() const { return attention + rest + head; }
};
Flops operator+(Flops a, const Flops& b);
// `rows` new rows on `past`; logits of one.
Flops forward(const core::ModelConfig& config, double past, double rows);
Flops step(const core::ModelConfig& config, bool cached, double t);
Flops run(const core::ModelConfig& config, bool cached, double prompt, double n);

double kv_bytes(const core::ModelConfig& config);  // of a token, 16 bits
double weights(const core::CostConfig& cost);      // bytes, 16 bits

}  // namespace kv::test
