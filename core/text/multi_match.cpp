#include "core/text/multi_match.h"

namespace kv::core {

MultiMatch::MultiMatch(const std::vector<std::string>& strings) {
  for (std::uint32_t index = 0; index < strings.size(); ++index) {
    const std::string& text = strings[index];
    std::uint32_t node = 0;
    for (std::size_t i = text.size(); i > 0; --i) {
      const auto byte = static_cast<unsigned char>(text[i - 1]);
      const std::uint32_t known = child(node, byte);
      node = known != 0 ? known : add_child(node, byte);
    }
    if (nodes_[node].longest == none) nodes_[node].longest = index;
  }
  link_fallbacks();
}

std::uint32_t MultiMatch::child(std::uint32_t node, unsigned char byte) const {
  if (node == 0) return from_root_[byte];
  std::uint32_t at = nodes_[node].first_child;
  while (at != 0 && nodes_[at].byte != byte) at = nodes_[at].sibling;
  return at;
}

std::uint32_t MultiMatch::add_child(std::uint32_t node, unsigned char byte) {
  const auto added = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({nodes_[node].first_child, 0, 0, none, byte});
  nodes_[node].first_child = added;
  if (node == 0) from_root_[byte] = added;
  return added;
}

std::uint32_t MultiMatch::next(std::uint32_t node, unsigned char byte) const {
  for (;;) {
    const std::uint32_t to = child(node, byte);
    if (to != 0 || node == 0) return to;
    node = nodes_[node].fallback;
  }
}

// Breadth first, so that what a node falls back to is finished before it.
void MultiMatch::link_fallbacks() {
  std::vector<std::uint32_t> order;
  order.reserve(nodes_.size());
  order.push_back(0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t parent = order[i];
    for (std::uint32_t at = nodes_[parent].first_child; at != 0; at = nodes_[at].sibling) {
      Node& node = nodes_[at];
      node.fallback = parent == 0 ? 0 : next(nodes_[parent].fallback, node.byte);
      if (node.longest == none) node.longest = nodes_[node.fallback].longest;
      order.push_back(at);
    }
  }
}

std::vector<std::uint32_t> MultiMatch::longest_at_each(std::string_view text) const {
  std::vector<std::uint32_t> longest(text.size(), none);
  std::uint32_t node = 0;
  for (std::size_t i = text.size(); i > 0; --i) {
    node = next(node, static_cast<unsigned char>(text[i - 1]));
    longest[i - 1] = nodes_[node].longest;
  }
  return longest;
}

}  // namespace kv::core
