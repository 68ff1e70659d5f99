// The same model with other caches, as bars on one scale.
#include <algorithm>
#include <cmath>

#include "viz/scene/views/costs_parts.h"

namespace kv::scene {
namespace {

using core::CacheKind;

// Of the one with all heads: "÷ 4", "÷ 28.4", "× 1"; "× 1.13" where it is larger.
std::string share_text(double times) {
  if (std::fabs(times - 1) < 1e-9) return "\u00D7 1";
  if (times < 1) return fmt::format("\u00D7 {:.3g}", 1 / times);
  const bool whole = std::fabs(times - std::round(times)) < 1e-9;
  return fmt::format("\u00F7 {:.{}f}", times, whole || times >= 99.95 ? 0 : 1);
}

std::string detail_of(const Frame& f, const Bill& bill, CacheKind kind) {
  if (kind == CacheKind::latent) return f.say(words::costs_latent_vector);
  return f.say(words::costs_kv_heads, {count_text(core::kv_heads_of(bill.model.cost.model, kind))});
}

core::Uint128 bytes_of(const Bill& bill, CacheKind kind) {
  return core::cache_bytes_of(bill.model.cost, kind, bill.dtype, bill.tokens, bill.batch);
}

core::Uint128 most_bytes(const Bill& bill) {
  core::Uint128 most = 1;
  for (const CacheKind kind : core::cache_kinds) most = std::max(most, bytes_of(bill, kind));
  return most;
}

struct Columns {
  float name, figure;
};

void draw_kind(Frame& f, Rect row, const Bill& bill, CacheKind kind, const Columns& columns) {
  const PartId part{.kind = PartKind::cache_kind, .a = static_cast<int>(kind)};
  const core::Uint128 bytes = bytes_of(bill, kind);
  const bool own = kind == core::kind_of(bill.model.cost), over = hovered(f, part);
  if (own || over)
    put(f, Box{.rect = row,
               .fill = over ? f.colors.raised : f.colors.panel,
               .line = own ? f.colors.accent : f.colors.border,
               .line_width = own ? 2.0F : 1.0F,
               .radius = 6});
  put_place(f, row, part);
  row = row.inset(8, 2);
  Rect names = row.take_left(columns.name, 10), figures = row.take_right(columns.figure, 10);
  const float half = row.h / 2;
  put_line(f, names.take_top(half), name_of(kind), Font::body_bold, f.colors.text);
  put_line(f, names, detail_of(f, bill, kind), Font::small, f.colors.muted);
  put_line(f, figures.take_top(half), bytes_text(bytes), Font::body_bold, f.colors.text,
           Align::right);
  const double times = core::to_double(bytes_of(bill, CacheKind::multi_head)) /
                       std::max(1.0, core::to_double(bytes));
  put_line(f, figures, share_text(times), Font::small, f.colors.muted, Align::right);
  const Rect bar = row.inset(0, std::max(6.0F, row.h * 0.22F));
  put_box(f, bar, f.colors.track, 4);
  const float width =
      bar.w * static_cast<float>(core::to_double(bytes) / core::to_double(most_bytes(bill)));
  put_box(f, {bar.x, bar.y, std::clamp(width, 2.0F, bar.w), bar.h}, f.colors.with, 4);
}

}  // namespace

const char* name_of(CacheKind kind) {
  switch (kind) {
    case CacheKind::multi_head:
      return "MHA";
    case CacheKind::grouped_query:
      return "GQA";
    case CacheKind::multi_query:
      return "MQA";
    case CacheKind::latent:
      return "MLA";
  }
  return "";
}

void draw_cache_kinds(Frame& f, const Rect& area, const Bill& bill) {
  Rect rest = put_section(f, area, f.say(words::costs_kinds), f.say(words::costs_kinds_own));
  Columns columns{.name = 0, .figure = 0};
  for (const CacheKind kind : core::cache_kinds) {
    columns.name = std::max(columns.name, f.width(detail_of(f, bill, kind), Font::small) + 1);
    columns.figure =
        std::max(columns.figure, f.width(bytes_text(bytes_of(bill, kind)), Font::body_bold) + 1);
  }
  const auto count = static_cast<float>(core::cache_kinds.size());
  const float gap = std::clamp((rest.h - 44 * count) / count, 2.0F, 10.0F);
  const float height = std::clamp((rest.h - gap * (count - 1)) / count, 40.0F, 58.0F);
  for (const CacheKind kind : core::cache_kinds)
    draw_kind(f, rest.take_top(height, gap), bill, kind, columns);
}

}  // namespace kv::scene
