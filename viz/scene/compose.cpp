#include "viz/scene/compose.h"

#include "viz/scene/views/help_overlay.h"
#include "viz/scene/lesson_view.h"
#include "viz/scene/views/lab.h"
#include "viz/scene/views/layout.h"
#include "viz/scene/views/lesson_layout.h"
#include "viz/scene/views/stages.h"
#include "viz/scene/views/legend_overlay.h"
#include "viz/scene/views/tooltip.h"
#include "viz/scene/views/views.h"

namespace kv::scene {
namespace {

const Phrase* phrase_of(core::Experiment experiment) {
  switch (experiment) {
    case core::Experiment::none:
      return nullptr;
    case core::Experiment::no_mask:
      return &words::experiment_no_mask;
    case core::Experiment::drop_values:
      return &words::experiment_drop_values;
    case core::Experiment::keep_queries:
      return &words::experiment_keep_queries;
    case core::Experiment::stale_weights:
      return &words::experiment_stale_weights;
  }
  return nullptr;
}

// Nobody must take what goes wrong on purpose for what is.
void draw_banner(Frame& f, const Rect& area, const std::string& words) {
  put(f, Box{.rect = area, .fill = f.colors.panel, .line = f.colors.again, .line_width = 2, .radius = 8});
  const Font font = f.width(words, Font::body) <= area.w - 28 ? Font::body : Font::small;
  put_line(f, area.inset(14, 0), words, font, f.colors.text);
}

void draw_decode(Frame& f, const Rect& area, bool bare) {
  const ExploreLayout l = explore_layout(area, bare);
  draw_token_strip(f, l.tokens);
  if (const Phrase* words = phrase_of(f.view.experiment))
    draw_banner(f, l.pipeline, f.say(*words));
  else
    draw_pipeline(f, l.pipeline);
  draw_heads(f, l.heads);
  draw_side(f, l.without, core::Side::uncached);
  draw_side(f, l.with, core::Side::cached);
  if (l.lens.h > 0) {
    draw_lens(f, l.lens);
    draw_chart(f, l.chart);
    draw_summary(f, l.summary);
  }
  if (bare) return;
  draw_transport(f, l.transport);
  draw_status(f, l.status);
}

void draw_stage(Frame& f, const Rect& area, bool bare) {
  if (f.view.stage == Stage::decode) return draw_decode(f, area, bare);
  Rect rest = area.inset(14, 0);
  rest.take_top(10);
  if (bare) {
    rest.take_bottom(10);
  } else {
    draw_status(f, rest.take_bottom(28));
    if (f.view.stage == Stage::loop)
      draw_transport(f, rest.take_bottom(46, 10));
    else
      rest.take_bottom(0, 6);
  }
  const LessonView* lesson = f.status.lesson.get();
  switch (f.view.stage) {
    case Stage::chart:
      return draw_stage_chart(f, rest, f.view.spec,
                              lesson ? lesson->drawing : std::vector<Vec2>{},
                              lesson && lesson->curve_hidden);
    case Stage::bill:
      return draw_stage_bill(f, rest, f.view.spec);
    case Stage::roofline:
      return draw_stage_roofline(f, rest, f.view.spec);
    case Stage::bench:
      return draw_stage_bench(f, rest, f.subject.bench.get());
    case Stage::loop:
      return draw_stage_loop(f, rest);
    case Stage::decode:
      return;
  }
}

void draw_place(Frame& f, Vec2 size) {
  Rect rest{0, 0, size.x, size.y};
  const LessonView* lesson = f.status.lesson.get();
  const bool presenting = lesson && lesson->presenting;
  if (!presenting) draw_header(f, rest.take_top(48));
  if (f.status.lab) return draw_lab(f, rest);
  if (!lesson) return draw_decode(f, rest, false);
  const LessonLayout l = lesson_layout(f, rest);
  draw_stage(f, l.stage, presenting);
  draw_lesson(f, l);
}

// What would give an answer away is covered, and says nothing to the pointer either.
void cover_patterns(Frame& f) {
  if (!f.subject.run || f.view.hidden.empty()) return;
  const int rows = f.subject.prompt_tokens() + std::max(0, f.moment.step - 1);
  for (const PartPattern& pattern : f.view.hidden)
    for (const Rect& rect : rects_of(f.scene, pattern, rows)) {
      put(f, Box{.rect = rect.inset(-2),
                 .fill = f.colors.panel,
                 .line = f.colors.border,
                 .radius = 4,
                 .pattern = Pattern::dots,
                 .pattern_color = f.colors.track});
      std::erase_if(f.scene.places, [&](const Place& place) {
        return matches(pattern, place.part, rows) && rect.contains(place.rect.center());
      });
    }
}

// What the beat talks about, and what the word under the pointer names.
void mark_patterns(Frame& f) {
  if (!f.subject.run) return;
  const int rows = f.subject.prompt_tokens() + std::max(0, f.moment.step - 1);
  const auto mark = [&](const PartPattern& pattern, Color color, float width) {
    // A picture that is all there is needs no frame.
    const float whole = f.scene.size.x * f.scene.size.y;
    for (const Rect& rect : rects_of(f.scene, pattern, rows))
      if (rect.w * rect.h < 0.25F * whole) put_outline(f, rect.inset(-3), color, width, 5);
  };
  for (const PartPattern& pattern : f.view.highlight) mark(pattern, f.colors.accent, 2.5F);
  if (f.view.lit) mark(*f.view.lit, f.colors.text, 3);
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
  draw_place(f, size);
  cover_patterns(f);
  if (subject.run) mark_cells(f);
  mark_patterns(f);
  if (view.overlay == Overlay::help) draw_help_overlay(f, {0, 0, size.x, size.y});
  if (view.overlay == Overlay::legend) draw_legend_overlay(f, {0, 0, size.x, size.y});
  if (view.overlay == Overlay::lessons && status.lesson)
    draw_lesson_list(f, {0, 0, size.x, size.y});
  if (view.overlay == Overlay::none && view.hover.kind != PartKind::none) draw_tooltip(f);
  if (view.pointing) draw_spotlight(f, size);
  for (const auto& stroke : view.strokes)
    put(f, Path{.points = stroke, .color = colors.again, .width = 4});
  return scene;
}

float pixels_per_unit(Vec2 pixels, float user_scale) {
  const float designed = std::max(0.74F, std::min(pixels.x / 1920, pixels.y / 1080));
  const float most = std::min(pixels.x / smallest_size.x, pixels.y / smallest_size.y);
  return std::max(0.3F, std::min(designed * user_scale, most));
}

}  // namespace kv::scene
