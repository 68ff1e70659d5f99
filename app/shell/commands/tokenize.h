// `kvscope tokenize`: text to ids.
#pragma once

#include <optional>
#include <string>

namespace kv::app {

struct TokenizeOptions {
  std::string model;
  std::optional<std::string> text;  // exactly one of the two
  std::optional<std::string> file;
};

int tokenize(const TokenizeOptions& options);

}  // namespace kv::app
