// What others published, what the model says of the same case, and why they differ.
#include <algorithm>
#include <cmath>

#include "viz/scene/views/costs_parts.h"

namespace kv::scene {
namespace {

using core::ClaimId;

struct Figures {
  std::string published, flops, roof;
};

Figures figures_of(const core::Claim& claim) {
  std::string roof = times_text(claim.exact.dense);
  // Where it matters how much of attention is computed: "771 / 467×".
  if (claim.id == ClaimId::eight_b)
    roof = roof.substr(0, roof.size() - std::string_view("\u00D7").size()) + " / " +
           times_text(claim.exact.causal);
  return {.published = published_text(claim), .flops = times_text(claim.flop_ratio), .roof = roof};
}

struct Columns {
  float published = 0, flops = 0, roof = 0;

  std::array<Rect, 3> cut(Rect& line) const {
    const Rect last = line.take_right(roof, 14), middle = line.take_right(flops, 14);
    return {line.take_right(published, 12), middle, last};
  }
};

Columns columns_of(const Frame& f, const std::vector<core::Claim>& claims) {
  Columns columns{.published = f.width(f.say(words::published), Font::small),
                  .flops = f.width(f.say(words::costs_claim_flops), Font::small),
                  .roof = f.width(f.say(words::costs_claim_roof), Font::small)};
  for (const core::Claim& claim : claims) {
    const Figures figures = figures_of(claim);
    columns.published = std::max(columns.published, f.width(figures.published, Font::body_bold));
    columns.flops = std::max(columns.flops, f.width(figures.flops, Font::small));
    columns.roof = std::max(columns.roof, f.width(figures.roof, Font::small_bold));
  }
  return {columns.published + 1, columns.flops + 1, columns.roof + 1};
}

void draw_claim(Frame& f, Rect row, const core::Claim& claim, const Columns& columns) {
  const PartId part{.kind = PartKind::claim_row, .a = static_cast<int>(claim.id)};
  if (hovered(f, part)) put_box(f, row.inset(-6, 0), f.colors.raised, 4);
  put_place(f, row, part);
  put_box(f, {row.x, row.y, row.w, 1}, f.colors.border);
  row.take_top(3);
  Rect line = row.take_top(22);
  const auto cells = columns.cut(line);
  const Figures figures = figures_of(claim);
  put_line(f, line, name_of_claim(f, claim.id), Font::small_bold, f.colors.text);
  put_line(f, cells[0], figures.published, Font::body_bold, f.colors.text, Align::right);
  put_line(f, cells[1], figures.flops, Font::small, f.colors.muted, Align::right);
  put_line(f, cells[2], figures.roof, Font::small_bold, f.colors.text, Align::right);
  put_wrapped(f, row, reason_of(f, claim), Font::small, f.colors.muted, 18);
}

}  // namespace

std::string figure_text(std::string_view name) {
  const auto* figure = core::find_published(name);
  if (!figure) return {};
  return figure->value < 999.5 ? fmt::format("{:g}", figure->value)
                               : count_text(std::llround(figure->value));
}

std::string name_of_claim(const Frame& f, ClaimId claim) {
  switch (claim) {
    case ClaimId::seven_b:
      return f.say(words::costs_claim_seven, {figure_text("seven-b.tokens")});
    case ClaimId::attention_script:
      return f.say(words::costs_claim_script, {figure_text("attention-script.steps")});
    case ClaimId::eight_b:
      return f.say(words::costs_claim_eight, {figure_text("eight-b.tokens")});
    case ClaimId::small_desktop:
      break;
  }
  return f.say(words::costs_claim_desktop, {figure_text("small-desktop.tokens")});
}

std::string reason_of(const Frame& f, const core::Claim& claim) {
  const auto roof = claim.estimated.value_or(claim.exact);
  switch (claim.id) {
    case ClaimId::seven_b:
      return f.say(claim.exact.dense < 1.5 ? words::costs_why_seven
                                           : words::costs_why_seven_computing);
    case ClaimId::attention_script:
      return f.say(words::costs_why_script);
    case ClaimId::eight_b:
      return f.say(words::costs_why_eight,
                   {times_text(claim.exact.dense), times_text(claim.exact.causal),
                    times_text(roof.dense), times_text(roof.causal)});
    case ClaimId::small_desktop:
      break;
  }
  return f.say(words::costs_why_desktop,
               {figure_text("small-desktop.without"), figure_text("small-desktop.with")});
}

std::string published_text(const core::Claim& claim) {
  const char* const about = claim.id == ClaimId::eight_b ? "~" : "";
  return fmt::format("{}{:.3g}\u00D7", about, claim.published_ratio);
}

void draw_claims(Frame& f, const Rect& area, const core::Machine& machine) {
  const std::vector<core::Claim> claims = core::claims(machine);
  const Columns columns = columns_of(f, claims);
  Rect rest = area;
  Rect head = rest.take_top(24, 4);
  const auto cells = columns.cut(head);
  put_title(f, head, f.say(words::costs_claims));
  put_line(f, cells[0], f.say(words::published), Font::small, f.colors.muted, Align::right);
  put_line(f, cells[1], f.say(words::costs_claim_flops), Font::small, f.colors.muted, Align::right);
  put_line(f, cells[2], f.say(words::costs_claim_roof), Font::small, f.colors.muted, Align::right);
  const float height = std::clamp(rest.h / static_cast<float>(claims.size()), 62.0F, 84.0F);
  for (const core::Claim& claim : claims) draw_claim(f, rest.take_top(height), claim, columns);
}

}  // namespace kv::scene
