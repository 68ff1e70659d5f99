#include "viz/scene/font_metrics.h"

#include <algorithm>
#include <vector>

#include "viz/scene/utf8_text.h"

namespace kv::scene {
namespace {

constexpr std::string_view ellipsis = "\u2026";

}  // namespace

FontMetrics plain_metrics() {
  return {[](std::string_view text, Font font) {
    float width = 0;
    while (!text.empty()) width += is_wide(take_character(text)) ? 1.0F : 0.55F;
    return width * info_of(font).size;
  }};
}

std::string fit_text(const FontMetrics& metrics, std::string_view text, Font font, float room) {
  if (metrics.width(text, font) <= room) return std::string(text);
  std::vector<std::size_t> ends{0};  // of the beginnings that could be kept
  for (std::string_view rest = text; !rest.empty();) {
    take_character(rest);
    ends.push_back(text.size() - rest.size());
  }
  const auto cut = [&](std::size_t end) {
    std::string kept(text.substr(0, end));
    while (kept.ends_with(' ')) kept.pop_back();
    return kept.append(ellipsis);
  };
  // The longest that fits; all shorter ones do.
  const auto too_wide = std::ranges::partition_point(
      ends, [&](std::size_t end) { return metrics.width(cut(end), font) <= room; });
  return too_wide == ends.begin() ? std::string() : cut(*std::prev(too_wide));
}

}  // namespace kv::scene
