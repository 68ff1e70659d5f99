// Types of stored numbers, as the safetensors format names them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kv::core {

enum class DType : std::uint8_t {
  boolean,
  f4,
  f6_e2m3,
  f6_e3m2,
  u8,
  i8,
  f8_e5m2,
  f8_e4m3,
  f8_e8m0,
  f8_e4m3fnuz,
  f8_e5m2fnuz,
  i16,
  u16,
  f16,
  bf16,
  i32,
  u32,
  f32,
  c64,
  f64,
  i64,
  u64,
};

// "F32", "BF16", ...
const char* name_of(DType dtype);
std::optional<DType> dtype_named(std::string_view name);

// 4, 6 or a multiple of 8.
int bits_of(DType dtype);

// Whether weights stored so can be computed with: F32, F16 and BF16.
bool is_computable(DType dtype);

}  // namespace kv::core
