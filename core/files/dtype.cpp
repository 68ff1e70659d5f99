#include "core/files/dtype.h"

#include <array>
#include <cstddef>

namespace kv::core {
namespace {

struct Entry {
  const char* name;
  int bits;
};

// In the order of the enumeration.
constexpr std::array<Entry, 22> entries = {{
    {"BOOL", 8},        {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8},
    {"I8", 8},          {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8},
    {"F8_E5M2FNUZ", 8}, {"I16", 16},    {"U16", 16},    {"F16", 16},    {"BF16", 16},
    {"I32", 32},        {"U32", 32},    {"F32", 32},    {"C64", 64},    {"F64", 64},
    {"I64", 64},        {"U64", 64},
}};
static_assert(entries.size() == static_cast<std::size_t>(DType::u64) + 1);

const Entry& entry(DType dtype) { return entries[static_cast<std::size_t>(dtype)]; }

}  // namespace

const char* name_of(DType dtype) { return entry(dtype).name; }
int bits_of(DType dtype) { return entry(dtype).bits; }

std::optional<DType> dtype_named(std::string_view name) {
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (name == entries[i].name) return static_cast<DType>(i);
  return {};
}

bool is_computable(DType dtype) {
  return dtype == DType::f32 || dtype == DType::f16 || dtype == DType::bf16;
}

}  // namespace kv::core
