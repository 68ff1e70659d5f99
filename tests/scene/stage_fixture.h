// A small run with both sides' inside, as compose() takes it: seeded, so that it is the same for
// every test and every machine up to rounding; how far both sides agree, which is rounding alone,
// is set to fixed numbers.
#pragma once

#include "viz/scene/compose.h"

namespace kv::test {

struct StageShape {
  const char* model = "random:width=8,layers=2,heads=4,kv_heads=2,ffn=16,vocab=32,context=64,seed=7";
  std::vector<core::Token> prompt{3, 1, 4, 1, 5};
  int steps = 3;
};

class Stage {
 public:
  explicit Stage(const StageShape& shape = {});

  // With both replays of that step and layer.
  scene::Subject subject(int step, int layer) const;
  scene::Scene compose(const scene::Moment& moment, const scene::ViewState& view,
                       const scene::StatusView& status = {}, scene::Vec2 size = {1920, 1080});

  scene::GridStore& grids() { return grids_; }

 private:
  core::Run run_;
  scene::GridStore grids_;
};

// Moment in the middle of an operation of the given step.
inline scene::Moment within(int step, int layer, scene::Operation operation, float t = 0.5F) {
  return {.step = step, .layer = scene::in_layer(operation) ? layer : 0, .operation = operation,
          .t = t};
}

}  // namespace kv::test
