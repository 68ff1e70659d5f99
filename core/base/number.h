// Numbers as text, the same in every locale.
#pragma once

#include <string>

namespace kv::core {

// The shortest text that reads back as the same float64: "0.1", "5e+05", "1e-05", "inf", "nan".
std::string to_text(double value);

}  // namespace kv::core
