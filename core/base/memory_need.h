// "needs X, have Y, try Z", said before anything is allocated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace kv::core {

// "1.92 GB": decimal units, three digits, independent of the locale.
std::string short_bytes(std::uint64_t bytes);

// Nothing when `needed` fits into `limit`, else a machine error.
Status check_memory(std::string_view what, std::uint64_t needed, std::uint64_t limit,
                    std::string_view advice);

}  // namespace kv::core
