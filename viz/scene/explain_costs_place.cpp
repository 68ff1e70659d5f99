#include "viz/scene/explain_lab.h"

#include <algorithm>
#include <array>

#include "viz/scene/explain_costs_times.h"
#include "viz/scene/explain_parts.h"
#include "viz/scene/views/costs_parts.h"

namespace kv::scene {
namespace {

using core::CacheKind;
using core::Uint128;

std::string meaning_of(const Frame& f, BillIndex index, const Bill& bill) {
  const auto& m = bill.model.cost.model;
  const auto& dtype = core::info_of(bill.dtype);
  switch (index) {
    case BillIndex::k_and_v:
      return f.say(words::costs_ex_k_and_v);
    case BillIndex::layers:
      return f.say(words::costs_ex_layers);
    case BillIndex::batch:
      return f.say(words::costs_ex_batch);
    case BillIndex::kv_heads:
      return f.say(words::costs_ex_kv_heads, {whole(m.heads), whole(m.kv_heads)});
    case BillIndex::tokens:
      return f.say(words::costs_ex_tokens);
    case BillIndex::head_dim:
      return f.say(words::costs_ex_head_dim);
    case BillIndex::bytes:
      return f.say(words::costs_ex_bytes, {dtype.name, whole(dtype.bits)});
    case BillIndex::values_per_token:
      break;
  }
  const auto& latent = bill.model.cost.latent;
  if (!latent) return {};
  return f.say(words::bill_latent,
               {whole(m.layers), whole(latent->kv_lora_rank), whole(latent->qk_rope_head_dim)});
}

// How often the cache's bytes hold one unit of an index.
Uint128 count_of(BillIndex index, const Bill& bill) {
  const auto& m = bill.model.cost.model;
  const auto wide = [](std::int64_t value) { return static_cast<Uint128>(value); };
  switch (index) {
    case BillIndex::k_and_v:
      return 2;
    case BillIndex::layers:
      return wide(m.layers);
    case BillIndex::batch:
      return wide(bill.batch);
    case BillIndex::kv_heads:
      return wide(m.kv_heads);
    case BillIndex::tokens:
      return wide(bill.tokens);
    case BillIndex::head_dim:
      return wide(m.head_dim);
    case BillIndex::values_per_token:
      return core::cached_values_per_token(bill.model.cost);
    case BillIndex::bytes:
      break;
  }
  return 0;
}

Explanation explain_index(const Frame& f, const PartId& part) {
  const Bill bill = costs_bill(f);
  const auto index = static_cast<BillIndex>(part.a);
  if (!std::ranges::count(indices_of(bill), index)) return {};
  Explanation e{.title = name_of_index(f, index, bill),
                .value = value_of_index(index, bill),
                .lines = {meaning_of(f, index, bill)},
                .badge = Badge::formula};
  if (const Uint128 count = count_of(index, bill); count > 1)
    e.lines.push_back(f.say(words::costs_ex_one, {bytes_text(bill.cache / count)}));
  return e;
}

Explanation explain_bytes(const Frame& f) {
  const Bill bill = costs_bill(f);
  return {.title = f.say(words::costs_memory_title),
          .value = grouped_text(bill.cache) + " B",
          .lines = {f.say(words::costs_ex_whole, {bytes_text(bill.weights), bytes_text(bill.cache),
                                                  bytes_text(bill.weights + bill.cache)}),
                    f.say(words::costs_ex_passes, {grouped_text(passing_tokens(bill))})},
          .badge = Badge::formula};
}

Explanation explain_memory(const Frame& f, const PartId& part) {
  if (part.a < 0 || part.a >= static_cast<int>(accelerator_memories.size())) return {};
  const AcceleratorMemory& memory = accelerator_memories[static_cast<std::size_t>(part.a)];
  const Bill bill = costs_bill(f);
  const Uint128 fitting = fitting_tokens(memory, bill);
  return {.title = std::string(memory.name) + " \u00B7 " + memory.of,
          .value = fitting > 0 ? f.say(words::costs_ex_memory_fits, {grouped_text(fitting)})
                               : f.say(words::costs_no_room),
          .lines = {f.say(words::costs_ex_whole, {bytes_text(bill.weights), bytes_text(bill.cache),
                                                  bytes_text(bill.weights + bill.cache)}),
                    f.say(words::costs_ex_memory_gb)},
          .badge = Badge::formula};
}

Explanation explain_kind(const Frame& f, const PartId& part) {
  if (part.a < 0 || part.a >= static_cast<int>(core::cache_kinds.size())) return {};
  const auto kind = static_cast<CacheKind>(part.a);
  const Bill bill = costs_bill(f);
  const core::CostConfig& cost = bill.model.cost;
  const Uint128 values = core::cached_values_of(cost, kind),
                most = core::cached_values_of(cost, CacheKind::multi_head);
  const double times = core::to_double(most) / std::max(1.0, core::to_double(values));
  Explanation e{
      .title = name_of(kind),
      .value = bytes_text(core::cache_bytes_of(cost, kind, bill.dtype, bill.tokens, bill.batch)),
      .lines = {},
      .badge = Badge::formula};
  if (kind == CacheKind::latent)
    e.lines.push_back(f.say(words::costs_ex_kind_latent));
  else
    e.lines.push_back(f.say(words::costs_ex_kind_heads,
                            {whole(core::kv_heads_of(cost.model, kind)), whole(cost.model.heads)}));
  if (kind != CacheKind::multi_head && times >= 1)
    e.lines.push_back(
        f.say(words::costs_ex_kind_share, {grouped_text(values), fmt::format("{:.3g}", times)}));
  if (kind == core::kind_of(cost)) e.lines.push_back(f.say(words::costs_ex_kind_own));
  return e;
}

}  // namespace

Explanation explain_costs_place(const Frame& f, const PartId& part) {
  switch (part.kind) {
    case PartKind::bill_index:
      return explain_index(f, part);
    case PartKind::cache_bytes:
      return explain_bytes(f);
    case PartKind::memory_mark:
      return explain_memory(f, part);
    case PartKind::cache_kind:
      return explain_kind(f, part);
    case PartKind::roofline_point:
      return explain_roof_point(f, part);
    case PartKind::component_bound:
      return explain_bound(f, part);
    case PartKind::speed_chart:
      return explain_speed(f, part);
    case PartKind::claim_row:
      return explain_claim(f, part);
    case PartKind::bench_bar:
      return explain_bench(f, part);
    default:
      return {};
  }
}

}  // namespace kv::scene
