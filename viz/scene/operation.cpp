#include "viz/scene/operation.h"

namespace kv::scene {

const std::array<OperationInfo, operation_count>& operations() {
  static const std::array<OperationInfo, operation_count> table{{
      {Operation::embedding, "embedding", words::op_embedding},
      {Operation::attention_norm, "attention_norm", words::op_attention_norm},
      {Operation::project, "project", words::op_project},
      {Operation::rotary, "rotary", words::op_rotary},
      {Operation::append, "append", words::op_append},
      {Operation::scores, "scores", words::op_scores},
      {Operation::scale, "scale", words::op_scale},
      {Operation::mask, "mask", words::op_mask},
      {Operation::softmax, "softmax", words::op_softmax},
      {Operation::weighted_sum, "weighted_sum", words::op_weighted_sum},
      {Operation::output, "output", words::op_output},
      {Operation::mlp_norm, "mlp_norm", words::op_mlp_norm},
      {Operation::mlp, "mlp", words::op_mlp},
      {Operation::final_norm, "final_norm", words::op_final_norm},
      {Operation::logits, "logits", words::op_logits},
      {Operation::choice, "choice", words::op_choice},
  }};
  return table;
}

const OperationInfo* find_operation(std::string_view id) {
  for (const OperationInfo& info : operations())
    if (id == info.id) return &info;
  return nullptr;
}

}  // namespace kv::scene
