// Expected values of a fixture model, computed in float64 by an independent implementation.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/model/config.h"

namespace kv::test {

struct Expected {
  std::vector<core::Token> prompt;
  std::vector<core::Token> tokens;                     // greedy continuation
  std::map<std::string, std::vector<double>> tensors;  // by the names of decode --dump
};

// Names of the fixture folders.
std::vector<std::string> fixture_models();
std::string fixture_path(const std::string& model);
Expected read_expected(const std::string& model);

}  // namespace kv::test
