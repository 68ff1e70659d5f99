// What reads files that people give, one target per format: fed by libFuzzer, and by the tests with
// every input of corpus/NAME and mutations of these.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kv::test {

struct FuzzTarget {
  const char* name;  // also of its folder in corpus/ and its file in dictionaries/
  // Reads the bytes as such a file: what is wrong with what comes of it, empty where nothing is.
  std::string (*run)(std::span<const std::uint8_t> bytes);
};

std::span<const FuzzTarget> fuzz_targets();
// Null for an unknown name.
const FuzzTarget* fuzz_target(std::string_view name);

// A file each. All parse what they print and find the same again, where anything prints it.
std::string fuzz_safetensors(std::span<const std::uint8_t> bytes);
std::string fuzz_shard_index(std::span<const std::uint8_t> bytes);
std::string fuzz_config(std::span<const std::uint8_t> bytes);
std::string fuzz_tokenizer(std::span<const std::uint8_t> bytes);
std::string fuzz_lesson_json(std::span<const std::uint8_t> bytes);
std::string fuzz_lesson_words(std::span<const std::uint8_t> bytes);
std::string fuzz_markdown(std::span<const std::uint8_t> bytes);
// The first line is also evaluated by itself.
std::string fuzz_expression(std::span<const std::uint8_t> bytes);
std::string fuzz_quiz_json(std::span<const std::uint8_t> bytes);
std::string fuzz_quiz_words(std::span<const std::uint8_t> bytes);
std::string fuzz_session(std::span<const std::uint8_t> bytes);
std::string fuzz_settings(std::span<const std::uint8_t> bytes);
std::string fuzz_progress(std::span<const std::uint8_t> bytes);
std::string fuzz_scenario(std::span<const std::uint8_t> bytes);
std::string fuzz_formula(std::span<const std::uint8_t> bytes);

}  // namespace kv::test
