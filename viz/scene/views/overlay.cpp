#include "viz/scene/views/overlay.h"

namespace kv::scene {

Rect put_overlay(Frame& f, const Rect& window, Vec2 size, std::string_view title) {
  put_box(f, window, f.colors.ground.with_alpha(0.75F));
  const Vec2 c = window.center();
  Rect card{c.x - size.x / 2, c.y - size.y / 2, size.x, size.y};
  put(f, Box{.rect = card, .fill = f.colors.panel, .line = f.colors.faint, .radius = 12});
  put_place(f, window, {.kind = PartKind::overlay});
  card = card.inset(28, 20);
  Rect top = card.take_top(34, 10);
  const std::string close = f.say(words::ex_overlay);
  put_line(f, top.take_right(f.width(close, Font::small)), close, Font::small, f.colors.muted);
  put_line(f, top, title, Font::title_bold, f.colors.text);
  return card;
}

}  // namespace kv::scene
