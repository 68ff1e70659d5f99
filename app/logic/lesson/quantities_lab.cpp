// Of the laboratory: models of one's own sizes, shapes that never change, rows computed again, and
// what a step reads.
#include <array>

#include <fmt/format.h>

#include "app/logic/lesson/quantities_table.h"
#include "core/cost/baseline.h"
#include "core/cost/inference.h"

namespace kv::app {
namespace {

// A model's name: whether there can be one of those sizes is found where it is asked about.
core::Result<Quantity> sizes(const Call& call) {
  constexpr std::int64_t most = 1 << 20;
  Arguments in(call);
  const auto width = in.whole(0, 1, most), layers = in.whole(1, 1, most);
  const auto heads = in.whole(2, 1, most);
  const auto kv_heads = in.given(3) ? in.whole(3, 1, most) : heads;
  if (in.error()) return *in.error();
  return text_quantity(fmt::format("random:width={},layers={},heads={},kv_heads={}", width, layers,
                                   heads, kv_heads));
}

core::Result<Quantity> padded_step(const Call& call) {
  Arguments in(call);
  const core::ModelConfig model = in.closed_form_model(0);
  const std::string_view component = in.component(1);
  const std::int64_t context = in.whole(2, 1, most_tokens);
  if (in.error()) return *in.error();
  const core::RunShape shape{.prompt = 1, .context = context};
  return quantity(
      Kind::flops,
      part_of(core::baseline_step(model, core::Baseline::padded, context, shape), component));
}

core::Result<Quantity> padded_run(const Call& call) {
  Arguments in(call);
  const core::ModelConfig model = in.closed_form_model(0);
  const std::string_view component = in.component(1);
  const std::int64_t length = in.whole(2, 1, most_tokens);
  const std::int64_t context = in.whole(3, length, most_tokens);
  const std::int64_t prompt = in.given(4) ? in.whole(4, 1, length) : 1;
  if (in.error()) return *in.error();
  const core::RunShape shape{.prompt = prompt, .context = context};
  return quantity(
      Kind::flops,
      part_of(core::baseline_run(model, core::Baseline::padded, length, shape), component));
}

// Rows that all forwards of a run compute together: 1..n once each, or t of them in each step.
core::Result<Quantity> run_rows(const Call& call) {
  Arguments in(call);
  const core::Side side = in.side(0);
  const std::int64_t length = in.whole(1, 1, most_tokens);
  const std::int64_t prompt = in.given(2) ? in.whole(2, 1, length) : 1;
  if (in.error()) return *in.error();
  const auto n = static_cast<core::Uint128>(length), p = static_cast<core::Uint128>(prompt);
  return quantity(Kind::count, side == core::Side::cached ? n : n * (n + 1) / 2 - p * (p - 1) / 2);
}

core::Result<Quantity> row_times(const Call& call) {
  Arguments in(call);
  const std::int64_t length = in.whole(1, 1, most_tokens);
  const std::int64_t position = in.whole(0, 0, length - 1);
  const std::int64_t prompt = in.given(2) ? in.whole(2, 1, length) : 1;
  if (in.error()) return *in.error();
  const std::int64_t first = position < prompt ? prompt : position + 1;  // length that has the row
  return quantity(Kind::count, static_cast<double>(length - first + 1));
}

// 16-bit weights and rows, whatever the release's format.
// By the usual estimate, as decode_seconds() has it.
core::Result<core::Work> step_work(Arguments& in) {
  core::InferenceSetting setting;
  setting.estimated = true;
  setting.cost = core::dense_cost_config(in.closed_form_model(0));
  const core::Side side = in.side(1);
  const std::int64_t tokens = in.whole(2, 1, most_tokens);
  setting.batch = in.given(3) ? in.whole(3, 1, 1'000'000) : 1;
  if (in.error()) return *in.error();
  return core::decode_work(setting, side, tokens);
}

core::Result<Quantity> step_bytes(const Call& call) {
  Arguments in(call);
  const auto work = step_work(in);
  if (!work) return work.error();
  return quantity(Kind::bytes, work->bytes);
}

core::Result<Quantity> step_intensity(const Call& call) {
  Arguments in(call);
  const auto work = step_work(in);
  if (!work) return work.error();
  return quantity(Kind::plain, work->intensity());
}

constexpr std::array<NamedQuantity, 7> table = {{{"sizes", 3, 4, sizes},
                                                 {"padded_step", 3, 3, padded_step},
                                                 {"padded_run", 4, 5, padded_run},
                                                 {"run_rows", 2, 3, run_rows},
                                                 {"row_times", 2, 3, row_times},
                                                 {"step_bytes", 3, 4, step_bytes},
                                                 {"step_intensity", 3, 4, step_intensity}}};

}  // namespace

std::span<const NamedQuantity> lab_quantities() { return table; }

}  // namespace kv::app
