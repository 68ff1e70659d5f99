// How far two computations of the same thing lie apart.
#pragma once

#include <span>

#include "core/engine/past.h"
#include "core/engine/record.h"

namespace kv::core {

// Probabilities of the newest row, all layers and heads: what both sides of a step have in common.
RecordRequest newest_probabilities();

// No values at all: the forward's counts and rows are enough.
RecordRequest nothing_recorded();

// Largest |a - b|, and largest |a|. Both of the same length.
double max_abs_difference(std::span<const float> a, std::span<const float> b);
double max_abs(std::span<const float> a);

// Over the first `rows` rows of all layers and kv heads.
double max_key_difference(const KvBlock& a, const KvBlock& b, int rows);
double max_value_difference(const KvBlock& a, const KvBlock& b, int rows);

// Over the newest row of every layer that both records kept.
double max_probability_difference(const Record& a, const Record& b);

}  // namespace kv::core
