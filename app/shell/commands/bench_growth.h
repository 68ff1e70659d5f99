// `kvscope bench growth`: how a step's time grows with its length on both sides, beside its FLOPs.
#pragma once

#include <optional>
#include <string>

#include "viz/scene/language.h"
#include "viz/scene/palette.h"

namespace kv::app {

struct BenchGrowthOptions {
  std::string model;
  int tokens = 256;
  int prompt_tokens = 1;
  int threads = 1;
  bool json = false;
  std::optional<std::string> out;  // .png or .svg: the plot
  scene::Language language = scene::Language::en;
  scene::Theme theme = scene::Theme::dark;
};
int bench_growth(const BenchGrowthOptions& options);

}  // namespace kv::app
