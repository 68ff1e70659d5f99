#include "tests/scene/stage_fixture.h"

#include "core/model/random_model.h"

namespace kv::test {

Stage::Stage(const StageShape& shape) {
  const auto spec = core::parse_random_model(shape.model);
  const auto model = core::make_random_model(*spec, shape.model, std::uint64_t{1} << 30);
  core::Workspace work;
  core::Run run = *core::start_run(*model, shape.prompt);
  for (int s = 0; s < shape.steps; ++s)
    run = *core::extend(std::move(run), work, {.with_uncached = true});
  run_ = std::move(run);
  // Rounding is every machine's own.
  for (auto& step : run_.steps) {
    core::Step fixed = *step;
    if (!fixed.uncached) continue;
    fixed.uncached->agreement->logits = 1.9e-6;
    fixed.uncached->agreement->keys = 2.4e-7;
    fixed.uncached->agreement->values = 1.2e-7;
    step = std::make_shared<const core::Step>(std::move(fixed));
  }
}

scene::Subject Stage::subject(int step, int layer) const {
  core::Workspace work;
  scene::Subject subject;
  subject.run = std::make_shared<const core::Run>(run_);
  subject.model_name = "random";
  subject.costs = std::make_shared<const scene::CostSeries>(scene::cost_series(run_));
  auto text = std::make_shared<scene::RunText>();
  for (const core::Token token : core::tokens_of(run_))
    text->tokens.push_back(" t" + std::to_string(token));
  for (const auto& taken : run_.steps) {
    std::vector<scene::Candidate> candidates;
    for (core::Token token = 0; token < 6; ++token)
      candidates.push_back({token, "t" + std::to_string(token),
                            core::token_probability(taken->logits, token)});
    candidates[0] = {taken->token, "t" + std::to_string(taken->token), taken->probability};
    text->candidates.push_back(std::move(candidates));
  }
  subject.text = std::move(text);
  if (step == 0) return subject;
  const auto inside = [&](core::Side side) {
    return std::make_shared<const core::Replay>(*core::replay(
        run_, step - 1, side, scene::record_for_picture(run_, step - 1, side, layer), work));
  };
  subject.cached = inside(core::Side::cached);
  subject.uncached = inside(core::Side::uncached);
  return subject;
}

scene::Scene Stage::compose(const scene::Moment& moment, const scene::ViewState& view,
                            const scene::StatusView& status, scene::Vec2 size) {
  return scene::compose(subject(moment.step, view.layer), moment, view, status,
                        scene::plain_metrics(), size, grids_);
}

}  // namespace kv::test
