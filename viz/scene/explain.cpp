#include "viz/scene/explain.h"

#include <algorithm>
#include <array>

#include "viz/scene/explain_lab.h"
#include "viz/scene/explain_parts.h"
#include "viz/scene/number_text.h"

namespace kv::scene {
namespace {

// Parts of what a run did.
Explanation explain_run(const Frame& f, const PartId& part) {
  switch (part.kind) {
    case PartKind::key_cell:
    case PartKind::value_cell:
      return explain_kv_cell(f, part);
    case PartKind::attention_cell:
      return explain_attention_cell(f, part);
    case PartKind::row_label:
      return explain_row(f, part);
    case PartKind::component:
      return explain_component(f, part);
    case PartKind::step_flops:
      return explain_step_flops(f, part);
    case PartKind::total_flops:
      return explain_total_flops(f, part);
    case PartKind::side_title:
      return explain_side(f, part);
    case PartKind::masked_note:
      return explain_masked_note(f, part);
    case PartKind::token:
      return explain_token(f, part);
    case PartKind::candidate:
      return explain_candidate(f, part);
    case PartKind::layer_button:
    case PartKind::layer_up:
    case PartKind::layer_down:
      return explain_layer(f, part);
    case PartKind::head_thumbnail:
      return explain_head(f, part);
    case PartKind::operation_chip:
      return explain_operation(f, part);
    case PartKind::lens_cell:
      return explain_lens_cell(f, part);
    case PartKind::chart:
      return explain_chart(f, part);
    case PartKind::ratio:
      return explain_ratio(f);
    case PartKind::cache_bytes:
      return explain_cache_bytes(f);
    case PartKind::agreement:
      return explain_agreement(f);
    case PartKind::same_token:
      return explain_same_token(f);
    default:
      return {};
  }
}

// The laboratory, which has no run.
Explanation explain_lab(const Frame& f, const PartId& part) {
  for (const auto explain_domain : {explain_lab_control, explain_growth, explain_costs_place})
    if (Explanation e = explain_domain(f, part); !e.title.empty()) return e;
  return {};
}

}  // namespace

Explanation explain(const Frame& f, const PartId& part) {
  if (f.status.lab)
    if (Explanation e = explain_lab(f, part); !e.title.empty()) return e;
  Explanation e = explain_control(f, part);
  if (!e.title.empty() || !f.subject.run || !f.subject.text || !f.subject.costs) return e;
  return explain_run(f, part);
}

const Phrase* phrase_of(Badge badge) {
  switch (badge) {
    case Badge::none:
      return nullptr;
    case Badge::measured:
      return &words::measured;
    case Badge::counted:
      return &words::counted;
    case Badge::formula:
      return &words::formula;
  }
  return nullptr;
}

const Phrase& name_of_component(int component) {
  static constexpr std::array<const Phrase*, core::op_count_parts.size()> names = {
      &words::part_q,
      &words::part_k,
      &words::part_v,
      &words::part_scores,
      &words::part_weighted_sum,
      &words::part_output,
      &words::part_mlp,
      &words::part_head};
  return *names[static_cast<std::size_t>(component)];
}

std::string name_of_token(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (text.empty()) return "\u2205";
  return begin == std::string::npos ? "\u2423" : text.substr(begin);
}

std::string token_name(const Frame& f, int index) {
  const auto& tokens = f.subject.text->tokens;
  return index >= 0 && index < static_cast<int>(tokens.size())
             ? name_of_token(tokens[static_cast<std::size_t>(index)])
             : std::string("?");
}

const core::Step* step_of(const Frame& f) {
  if (f.moment.step < 1 || f.moment.step > f.subject.steps()) return nullptr;
  return f.subject.run->steps[static_cast<std::size_t>(f.moment.step - 1)].get();
}

std::string whole(std::int64_t value) {
  return grouped_text(static_cast<core::Uint128>(std::max<std::int64_t>(0, value)));
}

std::string side_name(const Frame& f, core::Side side) {
  return f.say(side == core::Side::cached ? words::side_with : words::side_without);
}

}  // namespace kv::scene
