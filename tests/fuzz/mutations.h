// Inputs spoilt at random, the same ones for the same seed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kv::test {

// The words of a dictionary as libFuzzer writes them: lines of "..." with \" \\ \xHH, and comments
// that begin with #.
std::vector<std::string> dictionary_words(std::string_view file);

// One of `inputs` (at least one) after one to four changes: bits, bytes, numbers, pieces left out,
// doubled, moved or taken from another input, words put in. Never longer than `most` bytes.
std::string mutated(const std::vector<std::string>& inputs, const std::vector<std::string>& words,
                    std::uint64_t seed, std::size_t most);

}  // namespace kv::test
