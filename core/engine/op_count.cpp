#include "core/engine/op_count.h"

namespace kv::core {

OpCount& OpCount::operator+=(const OpCount& more) {
  for (const auto& part : op_count_parts) this->*part.value += more.*part.value;
  for (const auto& aside : op_count_asides) this->*aside.value += more.*aside.value;
  return *this;
}

OpCount operator+(OpCount a, const OpCount& b) { return a += b; }

OpCount operator*(OpCount a, Uint128 times) {
  for (const auto& part : op_count_parts) a.*part.value *= times;
  for (const auto& aside : op_count_asides) a.*aside.value *= times;
  return a;
}

}  // namespace kv::core
