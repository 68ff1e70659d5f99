#include "viz/scene/compose.h"

#include "viz/scene/views/help_overlay.h"
#include "viz/scene/views/layout.h"
#include "viz/scene/views/legend_overlay.h"
#include "viz/scene/views/tooltip.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

void draw_explore(Frame& f, Vec2 size) {
  const ExploreLayout l = explore_layout(size);
  draw_header(f, l.header);
  draw_token_strip(f, l.tokens);
  draw_pipeline(f, l.pipeline);
  draw_heads(f, l.heads);
  draw_side(f, l.without, core::Side::uncached);
  draw_side(f, l.with, core::Side::cached);
  draw_lens(f, l.lens);
  draw_chart(f, l.chart);
  draw_summary(f, l.summary);
  draw_transport(f, l.transport);
  draw_status(f, l.status);
}

// The cells that are pointed at and pinned, found where they have just been drawn.
void mark_cells(Frame& f) {
  const auto is_cell = [](PartKind kind) {
    return kind == PartKind::key_cell || kind == PartKind::value_cell ||
           kind == PartKind::attention_cell || kind == PartKind::lens_cell;
  };
  const auto mark = [&](const PartId& part, Color color, float width) {
    if (const auto rect = is_cell(part.kind) ? find_part(f.scene, part) : std::nullopt)
      put_outline(f, rect->inset(-1), color, width, 2);
  };
  mark(f.view.hover, f.colors.text, 2);
  if (!f.view.pinned) return;
  mark(*f.view.pinned, f.colors.accent, 3);
  if (f.view.pinned->kind != PartKind::attention_cell) return;
  // The key that the pinned score is made with.
  const auto first = find_part(f.scene, {PartKind::key_cell, f.view.pinned->side, f.view.pinned->b, 0});
  const auto last = find_part(f.scene, {PartKind::key_cell, f.view.pinned->side, f.view.pinned->b,
                                        f.config().head_dim - 1});
  if (first && last)
    put_outline(f, {first->x - 1, first->y - 1, last->right() - first->x + 2, first->h + 2},
                f.colors.key, 3, 2);
}

void draw_spotlight(Frame& f, Vec2 size) {
  // All but a disc around the pointer is dimmed, as four boxes and a ring.
  constexpr float r = 90;
  const Vec2 p = f.view.pointer;
  const Color dim = f.colors.ground.with_alpha(0.55F);
  put_box(f, {0, 0, size.x, std::max(0.0F, p.y - r)}, dim);
  put_box(f, {0, p.y + r, size.x, std::max(0.0F, size.y - p.y - r)}, dim);
  put_box(f, {0, p.y - r, std::max(0.0F, p.x - r), 2 * r}, dim);
  put_box(f, {p.x + r, p.y - r, std::max(0.0F, size.x - p.x - r), 2 * r}, dim);
  put_outline(f, {p.x - r, p.y - r, 2 * r, 2 * r}, f.colors.fresh, 3, 12);
}

}  // namespace

Scene compose(const Subject& subject, const Moment& moment, const ViewState& view,
              const StatusView& status, const FontMetrics& metrics, Vec2 size, GridStore& grids) {
  size = {std::max(size.x, smallest_size.x), std::max(size.y, smallest_size.y)};
  const Palette& colors = palette(view.theme, view.high_contrast);
  Scene scene{
      .size = size, .ground = colors.ground, .theme = view.theme, .items = {}, .places = {}};
  Frame f{subject, moment, view, status, metrics, colors, grids, scene};
  if (view.blank) {
    scene.ground = rgb(0x000000);
    return scene;
  }
  draw_explore(f, size);
  if (subject.run) mark_cells(f);
  if (view.overlay == Overlay::help) draw_help_overlay(f, {0, 0, size.x, size.y});
  if (view.overlay == Overlay::legend) draw_legend_overlay(f, {0, 0, size.x, size.y});
  if (view.overlay == Overlay::none && view.hover.kind != PartKind::none) draw_tooltip(f);
  if (view.pointing) draw_spotlight(f, size);
  return scene;
}

float pixels_per_unit(Vec2 pixels, float user_scale) {
  const float designed = std::max(0.74F, std::min(pixels.x / 1920, pixels.y / 1080));
  const float most = std::min(pixels.x / smallest_size.x, pixels.y / smallest_size.y);
  return std::max(0.3F, std::min(designed * user_scale, most));
}

}  // namespace kv::scene
