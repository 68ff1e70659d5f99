// Values inside the step shown, in its layer and head, as the picture reads them.
#include <array>

#include "app/logic/lesson/quantities_table.h"
#include "viz/scene/views/score_data.h"

namespace kv::app {
namespace {

std::string step_text(const Call& call) { return "step " + std::to_string(call.source.step); }

// The step's replays; null where one is missing.
struct Inside {
  const core::Replay* cached = nullptr;
  const core::Replay* uncached = nullptr;
  int total = 0;

  // A replay that computed the row.
  const core::Replay* of(std::int64_t row) const {
    return cached && row >= cached->past ? cached : uncached;
  }
  const core::Replay* any() const { return cached ? cached : uncached; }
};

core::Result<Inside> inside_of(const Call& call) {
  const auto step = step_of(call);
  if (!step) return step.error();
  const core::ModelConfig& config = call.source.subject.run->model->config;
  if (call.source.layer < 0 || call.source.layer >= config.layers || call.source.head < 0 ||
      call.source.head >= config.heads)
    return mistake(call, "a layer or head that the model lacks", "one of its");
  const auto shown = [&](const std::shared_ptr<const core::Replay>& replay) {
    return replay && replay->step == call.source.step - 1 ? replay.get() : nullptr;
  };
  const Inside inside{shown(call.source.subject.cached), shown(call.source.subject.uncached),
                      (*step)->total()};
  if (!inside.any()) return mistake(call, "no replay of " + step_text(call), "one");
  return inside;
}

// What the views' functions want to be told: of it they read subject, layer and head.
template <class Read>
auto looked_at(const Call& call, const Read& read) {
  scene::ViewState view;
  view.layer = call.source.layer;
  view.head = call.source.head;
  const scene::Moment moment = scene::rest_after(call.source.step);
  const scene::StatusView status;
  const scene::FontMetrics metrics = scene::plain_metrics();
  scene::GridStore grids;
  scene::Scene scene;
  const scene::Frame frame{call.source.subject,
                           moment,
                           view,
                           status,
                           metrics,
                           scene::palette(view.theme, view.high_contrast),
                           grids,
                           scene};
  return read(frame);
}

core::Result<scene::ScoreNumbers> numbers_of(const Call& call) {
  const auto inside = inside_of(call);
  if (!inside) return inside.error();
  Arguments in(call);
  const auto row = in.whole(0, 0, inside->total - 1);
  const auto column = in.whole(1, 0, inside->total - 1);
  if (in.error()) return *in.error();
  const core::Replay* replay = inside->of(row);
  if (!replay) return mistake(call, "no replay without the cache of " + step_text(call), "one");
  const auto numbers = looked_at(call, [&](const scene::Frame& frame) {
    return scene::score_numbers(frame, *replay, static_cast<int>(row), static_cast<int>(column));
  });
  if (!numbers) return mistake(call, "no record of that layer", "one");
  return *numbers;
}

core::Result<Quantity> score(const Call& call) {
  const auto numbers = numbers_of(call);
  if (!numbers) return numbers.error();
  return quantity(Kind::plain, numbers->score);
}

core::Result<Quantity> attention(const Call& call) {
  const auto numbers = numbers_of(call);
  if (!numbers) return numbers.error();
  return quantity(Kind::plain, numbers->masked ? 0.0 : numbers->probability);
}

template <scene::MatrixView (*rows_of)(const scene::Frame&, const core::Replay&)>
core::Result<Quantity> cached_value(const Call& call) {
  const auto inside = inside_of(call);
  if (!inside) return inside.error();
  Arguments in(call);
  const auto row = in.whole(0, 0, inside->total - 1);
  const auto dimension = in.whole(1, 0, call.source.subject.run->model->config.head_dim - 1);
  if (in.error()) return *in.error();
  const float value = looked_at(call, [&](const scene::Frame& frame) {
    return rows_of(frame, *inside->any()).at(static_cast<int>(row), static_cast<int>(dimension));
  });
  return quantity(Kind::plain, static_cast<double>(value));
}

constexpr std::array<NamedQuantity, 4> table = {{{"score", 2, 2, score},
                                                 {"attention", 2, 2, attention},
                                                 {"key", 2, 2, cached_value<scene::keys_of>},
                                                 {"value", 2, 2, cached_value<scene::values_of>}}};

}  // namespace

std::span<const NamedQuantity> attention_quantities() { return table; }

}  // namespace kv::app
