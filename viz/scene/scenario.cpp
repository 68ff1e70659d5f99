#include "viz/scene/scenario.h"

#include <cstddef>

#include "core/engine/op_count.h"

namespace kv::scene {

core::Uint128 cost_of(const core::OpCount& count, CostPart part) {
  switch (part) {
    case CostPart::total:
    case CostPart::all:
      return count.total();
    case CostPart::attention:
      return count.scores + count.weighted_sum;
    case CostPart::rest:
      return count.q + count.k + count.v + count.output + count.mlp;
    case CostPart::q:
    case CostPart::k:
    case CostPart::v:
    case CostPart::scores:
    case CostPart::weighted_sum:
    case CostPart::output:
    case CostPart::mlp:
    case CostPart::head:
      break;
  }
  // The components, in their own order.
  const int component = static_cast<int>(part) - static_cast<int>(CostPart::q);
  return count.*core::op_count_parts[static_cast<std::size_t>(component)].value;
}

}  // namespace kv::scene
