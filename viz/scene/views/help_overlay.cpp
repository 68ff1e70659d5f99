#include "viz/scene/views/help_overlay.h"

#include "viz/scene/views/overlay.h"

namespace kv::scene {
namespace {

// Rows fill the columns from top to bottom; a heading is never the last of its column.
std::vector<int> first_rows(const std::vector<std::pair<std::string, std::string>>& rows,
                            int columns) {
  const int count = static_cast<int>(rows.size());
  std::vector<int> firsts{0};
  for (int column = 1; column < columns; ++column) {
    int first = (count * column + columns - 1) / columns;
    if (first > 0 && first < count && rows[static_cast<std::size_t>(first - 1)].second.empty())
      --first;
    firsts.push_back(first);
  }
  firsts.push_back(count);
  return firsts;
}

}  // namespace

void draw_help_overlay(Frame& f, const Rect& window) {
  const auto& rows = f.status.help_rows;
  const int columns = window.w >= 1200 ? 2 : 1;
  const std::vector<int> firsts = first_rows(rows, columns);
  int longest = 1;
  for (int i = 0; i < columns; ++i)
    longest = std::max(
        longest, firsts[static_cast<std::size_t>(i) + 1] - firsts[static_cast<std::size_t>(i)]);
  const float line = std::min(30.0F, (window.h - 150) / static_cast<float>(longest));
  const Rect card = put_overlay(
      f, window, {std::min(1240.0F, window.w - 60), line * static_cast<float>(longest) + 96},
      f.say(words::help_title));
  const float width = card.w / static_cast<float>(columns);
  for (int column = 0; column < columns; ++column) {
    Rect area{card.x + width * static_cast<float>(column), card.y, width - 24, card.h};
    for (int i = firsts[static_cast<std::size_t>(column)];
         i < firsts[static_cast<std::size_t>(column) + 1]; ++i) {
      const auto& [keys, words] = rows[static_cast<std::size_t>(i)];
      Rect row = area.take_top(line);
      const Rect label = row.take_left(row.w * 0.36F, 16);
      if (words.empty()) {
        put_line(f, {label.x, label.y, label.w + 16 + row.w, label.h}, keys, Font::body_bold,
                 f.colors.text);
        continue;
      }
      put_line(f, label, keys, Font::small_bold, f.colors.accent, Align::right);
      put_line(f, row, words, Font::small, f.colors.text);
    }
  }
}

}  // namespace kv::scene
