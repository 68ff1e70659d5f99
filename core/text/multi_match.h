// Which of many strings starts where in a text, in one pass over it. Source: Aho and Corasick 1975.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kv::core {

class MultiMatch {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  // Strings must not be empty; of equal ones the first counts. Takes O(total length) to build, 20
  // bytes per byte of them.
  explicit MultiMatch(const std::vector<std::string>& strings = {});

  bool empty() const { return nodes_.size() == 1; }

  // For every byte of `text` the index of the longest string that starts there, or none. O(length),
  // whatever the strings.
  std::vector<std::uint32_t> longest_at_each(std::string_view text) const;

 private:
  // A trie of the strings read backwards: what ends at a place of the reversed text starts there in
  // the text itself, so the automaton's longest suffix is the longest match from that place on.
  struct Node {
    std::uint32_t sibling = 0;  // next child of the same parent; 0 is the end (and the root)
    std::uint32_t first_child = 0;
    std::uint32_t fallback = 0;    // the longest proper suffix that is a node
    std::uint32_t longest = none;  // the longest string that is a suffix of this node
    unsigned char byte = 0;
  };
  std::uint32_t child(std::uint32_t node, unsigned char byte) const;
  std::uint32_t add_child(std::uint32_t node, unsigned char byte);
  std::uint32_t next(std::uint32_t node, unsigned char byte) const;
  void link_fallbacks();

  std::vector<Node> nodes_{Node{}};
  std::array<std::uint32_t, 256> from_root_{};
};

}  // namespace kv::core
