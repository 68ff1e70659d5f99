#include "viz/scene/part_pattern.h"

#include <algorithm>

#include "viz/scene/operation.h"

namespace kv::scene {
namespace {

using Cells = PartPattern::Cells;

struct Name {
  std::string_view name;
  std::vector<PartKind> kinds;
  Cells cells = Cells::all;
};

const std::vector<Name>& all_names() {
  using enum PartKind;
  static const std::vector<Name> names = {
      {"k", {key_cell}},
      {"k.rows", {key_cell}},
      {"k.new", {key_cell}, Cells::newest},
      {"k.old", {key_cell}, Cells::older},
      {"v", {value_cell}},
      {"v.rows", {value_cell}},
      {"v.new", {value_cell}, Cells::newest},
      {"v.old", {value_cell}, Cells::older},
      {"attention", {attention_cell}},
      {"attention.new", {attention_cell}, Cells::newest},
      {"attention.old", {attention_cell}, Cells::older},
      {"attention.masked", {attention_cell}, Cells::masked},
      {"tokens", {token}},
      {"tokens.new", {token}, Cells::newest},
      {"candidates", {candidate}},
      {"q", {lens_cell}},
      {"lens", {lens_cell}},
      {"ops", {operation_chip}},
      {"heads", {head_thumbnail}},
      {"layer", {layer_button, layer_up, layer_down}},
      {"flops.step", {step_flops}},
      {"flops.total", {total_flops}},
      {"components", {component}},
      {"masked", {masked_note}},
      {"chart", {chart, stage_chart}},
      {"ratio", {ratio}},
      {"bytes", {cache_bytes, bill_index}},
      {"agreement", {agreement}},
      {"same-token", {same_token}},
      {"side", {side_title}},
  };
  return names;
}

std::optional<PartPattern> parse_name(std::string_view name) {
  if (name.starts_with("op.")) {
    const OperationInfo* info = find_operation(name.substr(3));
    if (!info) return {};
    return PartPattern{.kinds = {PartKind::operation_chip},
                       .index = static_cast<int>(info->operation),
                       .side = {}};
  }
  if (name.starts_with("component.")) {
    const auto found = std::ranges::find(core::op_count_parts, name.substr(10),
                                         &core::OpCountPart::name);
    if (found == core::op_count_parts.end()) return {};
    return PartPattern{.kinds = {PartKind::component},
                       .index = static_cast<int>(found - core::op_count_parts.begin()),
                       .side = {}};
  }
  const auto found = std::ranges::find(all_names(), name, &Name::name);
  if (found == all_names().end()) return {};
  return PartPattern{.kinds = found->kinds, .cells = found->cells, .side = {}};
}

bool has_side(PartKind kind) {
  using enum PartKind;
  constexpr PartKind sided[] = {key_cell,  value_cell, attention_cell, row_label,  component,
                                step_flops, total_flops, side_title,    masked_note};
  return std::ranges::find(sided, kind) != std::end(sided);
}

bool is_cell(PartKind kind) {
  return kind == PartKind::key_cell || kind == PartKind::value_cell ||
         kind == PartKind::attention_cell;
}

bool cells_match(Cells cells, const PartId& part, int rows) {
  // A token's row is computed in the step after the one that chose it.
  const int newest = part.kind == PartKind::token ? rows : rows - 1;
  switch (cells) {
    case Cells::all:
      return true;
    case Cells::newest:
      return part.a == newest;
    case Cells::older:
      return part.a >= 0 && part.a < newest;
    case Cells::masked:
      return part.b > part.a;
  }
  return false;
}

// The rows of a table's place that are meant.
std::optional<Rect> rows_within(const Place& place, Cells cells, int rows) {
  if (cells == Cells::all) return place.rect;
  const float height = place.rect.h / static_cast<float>(place.rows);
  const auto top = [&](int row) {
    return place.rect.y + height * (static_cast<float>(row - place.row0) / place.row_step);
  };
  const int end = place.row0 + static_cast<int>(static_cast<float>(place.rows) * place.row_step);
  const int newest = rows - 1;
  if (cells == Cells::newest) {
    if (newest < place.row0 || newest >= end) return {};
    return Rect{place.rect.x, top(newest), place.rect.w, std::max(height, 2.0F)};
  }
  if (cells == Cells::older) {
    if (newest <= place.row0) return {};
    return Rect{place.rect.x, place.rect.y, place.rect.w, top(std::min(newest, end)) - place.rect.y};
  }
  // Above the diagonal: a triangle, told by its square.
  return place.rows > 1 ? std::optional(place.rect) : std::nullopt;
}

bool adjoin(const Rect& a, const Rect& b) {
  constexpr float gap = 14;
  return a.x <= b.right() + gap && b.x <= a.right() + gap && a.y <= b.bottom() + gap &&
         b.y <= a.bottom() + gap;
}

Rect around(const Rect& a, const Rect& b) {
  const float x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

}  // namespace

std::optional<PartPattern> parse_part_pattern(std::string_view name) {
  std::optional<core::Side> side;
  if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
    if (name.substr(at) != "@with" && name.substr(at) != "@without") return {};
    side = name.substr(at) == "@with" ? core::Side::cached : core::Side::uncached;
    name = name.substr(0, at);
  }
  auto pattern = parse_name(name);
  if (pattern) pattern->side = side;
  return pattern;
}

bool matches(const PartPattern& pattern, const PartId& part, int rows) {
  if (std::ranges::find(pattern.kinds, part.kind) == pattern.kinds.end()) return false;
  if (pattern.side && has_side(part.kind) && part.side != *pattern.side) return false;
  if (pattern.index >= 0 && part.a != pattern.index) return false;
  return cells_match(pattern.cells, part, rows);
}

std::vector<Rect> rects_of(const Scene& scene, const PartPattern& pattern, int rows) {
  std::vector<Rect> rects;
  for (const Place& place : scene.places) {
    if (std::ranges::find(pattern.kinds, place.part.kind) == pattern.kinds.end()) continue;
    if (pattern.side && has_side(place.part.kind) && place.part.side != *pattern.side) continue;
    if (pattern.index >= 0 && place.part.a != pattern.index) continue;
    if (is_cell(place.part.kind) && place.rows > 0) {
      if (const auto rect = rows_within(place, pattern.cells, rows)) rects.push_back(*rect);
    } else if (cells_match(pattern.cells, place.part, rows)) {
      // A row of chips or bars is one thing.
      if (!rects.empty() && adjoin(rects.back(), place.rect))
        rects.back() = around(rects.back(), place.rect);
      else
        rects.push_back(place.rect);
    }
  }
  return rects;
}

}  // namespace kv::scene
