#include "tests/logic/quantities_fixture.h"

#include "core/model/random_model.h"

namespace kv::test {
namespace {

constexpr const char* model_name =
    "random:width=8,layers=2,heads=4,kv_heads=2,ffn=16,vocab=32,context=64,seed=7";

std::shared_ptr<const scene::RunText> text_of(const core::Run& run) {
  auto text = std::make_shared<scene::RunText>();
  for (const core::Token token : core::tokens_of(run))
    text->tokens.push_back(" t" + std::to_string(token));
  for (const auto& step : run.steps) {
    const core::Token other = step->token == 0 ? 1 : 0;
    text->candidates.push_back({{step->token, "chosen", step->probability},
                                {other, "other", 0.25},
                                {other + 2, "less", 0.125}});
  }
  return text;
}

std::shared_ptr<const core::CostConfig> sizes_by_name(const std::string& name) {
  if (!core::is_random_model(name)) return nullptr;
  const auto spec = core::parse_random_model(name);
  if (!spec) return nullptr;
  return std::make_shared<const core::CostConfig>(core::dense_cost_config(spec->config));
}

}  // namespace

core::Run small_run() {
  core::Workspace work;
  const auto spec = core::parse_random_model(model_name);
  core::Run run = *core::start_run(
      *core::make_random_model(*spec, model_name, std::uint64_t{1} << 30), {3, 1, 4, 1, 5});
  for (int step = 0; step < 3; ++step)
    run = *core::extend(std::move(run), work, {.with_uncached = true});
  return run;
}

app::QuantitySource source_at(int step) {
  const core::Run run = small_run();
  core::Workspace work;
  app::QuantitySource source{.subject = {}, .step = step, .layer = shown_layer, .head = shown_head};
  source.subject.run = std::make_shared<const core::Run>(run);
  source.subject.text = text_of(run);
  source.subject.costs = std::make_shared<const scene::CostSeries>(scene::cost_series(run));
  source.model_sizes = sizes_by_name;
  if (step == 0) return source;
  const auto inside = [&](core::Side side) {
    return std::make_shared<const core::Replay>(*core::replay(run, step - 1, side, {}, work));
  };
  source.subject.cached = inside(core::Side::cached);
  source.subject.uncached = inside(core::Side::uncached);
  return source;
}

}  // namespace kv::test
