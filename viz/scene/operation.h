// The single operations of a forward, in order, as the picture shows them.
#pragma once

#include <array>
#include <string_view>

#include "viz/scene/language.h"

namespace kv::scene {

enum class Operation {
  embedding,
  attention_norm,  // first of a layer's operations
  project,         // q, k, v
  rotary,          // passes at once where positions are learned
  append,          // k and v become rows of the cache
  scores,
  scale,
  mask,
  softmax,
  weighted_sum,
  output,
  mlp_norm,
  mlp,  // last of a layer's operations
  final_norm,
  logits,
  choice,
};
inline constexpr int operation_count = 16;
inline constexpr Operation first_of_layer = Operation::attention_norm;
inline constexpr Operation last_of_layer = Operation::mlp;
inline constexpr int operations_per_layer = 12;

struct OperationInfo {
  Operation operation;
  const char* id;  // as --op and sessions spell it
  const Phrase& name;
};
const std::array<OperationInfo, operation_count>& operations();
inline const OperationInfo& info_of(Operation operation) {
  return operations()[static_cast<std::size_t>(operation)];
}
// Null for an unknown id.
const OperationInfo* find_operation(std::string_view id);

inline bool in_layer(Operation operation) {
  return operation >= first_of_layer && operation <= last_of_layer;
}

}  // namespace kv::scene
