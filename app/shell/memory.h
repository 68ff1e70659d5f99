// What this machine can still give.
#pragma once

#include <cstdint>

namespace kv::app {

// Bytes that can be taken without swapping: what the system calls available, within the limit of
// the control group where there is one. UINT64_MAX when the system does not say.
std::uint64_t available_memory_bytes();

}  // namespace kv::app
