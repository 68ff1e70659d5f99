#include "viz/scene/views/tooltip.h"

#include <array>

#include "viz/scene/explain.h"

namespace kv::scene {
namespace {

constexpr float most_width = 470;
constexpr float gap = 14;      // between the card and what it speaks of
constexpr float margin = 8;    // to the window's edges
constexpr float padding = 12;  // within the card

struct Line {
  std::string text;
  Font font;
  Color color;
};

Color title_color(const Frame& f, PartKind kind) {
  if (kind == PartKind::key_cell) return f.colors.key;
  if (kind == PartKind::value_cell) return f.colors.value;
  return f.colors.text;
}

std::vector<Line> lines_of(const Frame& f, const Explanation& e) {
  std::vector<Line> lines;
  const auto add = [&](const std::string& text, Font font, Color color) {
    for (std::string& line : wrap_text(f.metrics, text, font, most_width))
      lines.push_back({std::move(line), font, color});
  };
  add(e.title, Font::small_bold, title_color(f, f.view.hover.kind));
  add(e.value, Font::body_bold, f.colors.text);
  for (const std::string& line : e.lines) add(line, Font::small, f.colors.text);
  if (const Phrase* badge = phrase_of(e.badge)) add(f.say(*badge), Font::tiny, f.colors.muted);
  return lines;
}

float height_of(const Line& line) { return info_of(line.font).size + 4; }

bool meet(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

// What must stay in sight: the part, or where it is large, what lies around the pointer.
Rect spared(const Frame& f) {
  const Vec2 p = f.view.pointer;
  const Rect around{p.x - gap, p.y - gap, 2 * gap, 2 * gap};
  const auto part = find_part(f.scene, f.view.hover);
  return part && part->w <= 220 && part->h <= 120 && part->contains(p) ? *part : around;
}

Rect place_card(Vec2 size, Vec2 window, const Rect& spare, Vec2 pointer) {
  const float below = spare.bottom() + gap, above = spare.y - gap - size.y;
  const float right = pointer.x + gap, left = pointer.x - gap - size.x;
  const float middle = pointer.y - size.y / 2;
  const std::array<Vec2, 6> choices = {{{right, below},
                                        {right, above},
                                        {left, below},
                                        {left, above},
                                        {spare.right() + gap, middle},
                                        {spare.x - gap - size.x, middle}}};
  const auto inside = [&](Vec2 at) {
    return Rect{std::clamp(at.x, margin, std::max(margin, window.x - size.x - margin)),
                std::clamp(at.y, margin, std::max(margin, window.y - size.y - margin)), size.x,
                size.y};
  };
  for (const Vec2 at : choices)
    if (!meet(inside(at), spare)) return inside(at);
  return inside(choices[0]);
}

}  // namespace

void draw_tooltip(Frame& f) {
  const Explanation explanation = explain(f, f.view.hover);
  if (explanation.title.empty()) return;
  const std::vector<Line> lines = lines_of(f, explanation);
  Vec2 size{0, 2 * 8};
  for (const Line& line : lines) {
    size.x = std::max(size.x, f.width(line.text, line.font) + 2 * padding);
    size.y += height_of(line);
  }
  const Rect card = place_card(size, f.scene.size, spared(f), f.view.pointer);
  put_box(f, card.moved(0, 3).inset(-4), f.colors.shadow.with_alpha(0.3F), 12);
  put_box(f, card.moved(0, 2).inset(-2), f.colors.shadow.with_alpha(0.5F), 10);
  put(f, Box{.rect = card, .fill = f.colors.raised, .line = f.colors.faint, .radius = 8});
  float y = card.y + 8;
  for (const Line& line : lines) {
    put_text(f, {card.x + padding, y + 2}, line.text, line.font, line.color);
    y += height_of(line);
  }
}

}  // namespace kv::scene
