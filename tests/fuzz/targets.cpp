#include "tests/fuzz/targets.h"

#include <algorithm>
#include <array>

namespace kv::test {
namespace {

constexpr std::array<FuzzTarget, 15> targets = {{{"safetensors", fuzz_safetensors},
                                                 {"shard_index", fuzz_shard_index},
                                                 {"config", fuzz_config},
                                                 {"tokenizer", fuzz_tokenizer},
                                                 {"lesson_json", fuzz_lesson_json},
                                                 {"lesson_words", fuzz_lesson_words},
                                                 {"markdown", fuzz_markdown},
                                                 {"expression", fuzz_expression},
                                                 {"quiz_json", fuzz_quiz_json},
                                                 {"quiz_words", fuzz_quiz_words},
                                                 {"session", fuzz_session},
                                                 {"settings", fuzz_settings},
                                                 {"progress", fuzz_progress},
                                                 {"scenario", fuzz_scenario},
                                                 {"formula", fuzz_formula}}};

}  // namespace

std::span<const FuzzTarget> fuzz_targets() { return targets; }

const FuzzTarget* fuzz_target(std::string_view name) {
  const auto* const found =
      std::ranges::find_if(targets, [&](const FuzzTarget& one) { return one.name == name; });
  return found == targets.end() ? nullptr : found;
}

}  // namespace kv::test
