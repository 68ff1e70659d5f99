#include "viz/scene/views/step_data.h"

namespace kv::scene {
namespace {

MatrixView attention_of(const core::Replay& replay, std::span<const float> values, int head) {
  const int total = replay.total();
  const int kept = replay.record->kept();
  if (values.empty()) return {};
  return {.owner = replay.record,
          .data = values.data() + static_cast<std::ptrdiff_t>(head) * kept * total,
          .rows = kept,
          .columns = total,
          .row_stride = total};
}

const core::LayerRecord* layer_of(const Frame& f, const core::Replay& replay) {
  return replay.record ? replay.record->layer(f.view.layer) : nullptr;
}

}  // namespace

const core::Replay* replay_of(const Frame& f, core::Side side) {
  if (f.moment.step == 0) return nullptr;
  return side == core::Side::cached ? f.subject.cached.get() : f.subject.uncached.get();
}

int kv_head_of(const Frame& f) { return kv_head_of(f.config(), f.view.head); }

MatrixView keys_of(const Frame& f, const core::Replay& replay) {
  return {.owner = replay.block,
          .data = replay.block->key(f.view.layer, kv_head_of(f)),
          .rows = replay.total(),
          .columns = replay.block->head_dim(),
          .row_stride = 1,
          .column_stride = replay.block->capacity()};
}

MatrixView values_of(const Frame& f, const core::Replay& replay) {
  return {.owner = replay.block,
          .data = replay.block->value(f.view.layer, kv_head_of(f)),
          .rows = replay.total(),
          .columns = replay.block->head_dim(),
          .row_stride = replay.block->head_dim()};
}

MatrixView difference_of(const Frame& f, bool keys) {
  const auto& experiment = f.subject.experiment;
  if (!experiment || !experiment->difference ||
      experiment->experiment == core::Experiment::keep_queries)
    return {};
  core::Replay apart = experiment->cached;
  apart.block = experiment->difference;
  return keys ? keys_of(f, apart) : values_of(f, apart);
}

MatrixView probabilities_of(const Frame& f, const core::Replay& replay, int head) {
  const auto* layer = layer_of(f, replay);
  return layer ? attention_of(replay, layer->probabilities, head) : MatrixView{};
}

MatrixView scores_of(const Frame& f, const core::Replay& replay, int head) {
  const auto* layer = layer_of(f, replay);
  return layer ? attention_of(replay, layer->scores, head) : MatrixView{};
}

StepRows rows_of(const Frame& f, core::Side side) {
  if (f.moment.step == 0 || f.moment.step > f.subject.steps()) return {};
  const core::Step& step = *f.subject.run->steps[static_cast<std::size_t>(f.moment.step - 1)];
  if (side == core::Side::uncached) return {step.total(), 0, step.total()};
  return {step.total(), step.past, step.fresh};
}

SideCosts costs_of(const Frame& f, core::Side side) {
  const CostSeries& series = *f.subject.costs;
  const auto s = static_cast<std::size_t>(
      std::clamp(f.moment.step, 0, static_cast<int>(series.step_cached.size()) - 1));
  if (side == core::Side::cached) return {series.step_cached[s], series.cached[s], true};
  return {series.step_uncached[s], series.uncached[s], series.uncached_counted[s]};
}

int row_capacity(int rows) {
  int capacity = 8;
  while (capacity < rows) capacity += capacity % 3 == 0 ? capacity / 3 : capacity / 2;
  return capacity;
}

Color component_color(const Palette& colors, int component) {
  const Color table[] = {colors.query,
                         colors.key,
                         colors.value,
                         colors.accent,
                         mix(colors.accent, colors.value, 0.5F),
                         colors.output,
                         colors.mlp,
                         colors.head};
  return table[component];
}

}  // namespace kv::scene
