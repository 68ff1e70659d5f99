#include "tests/logic/bench.h"

#include <fstream>
#include <iterator>

#include "app/logic/lab/scenario_text.h"
#include "core/model/random_model.h"

namespace kv::test {
namespace {

using app::AppState;

std::shared_ptr<const core::Tokenizer> bench_tokenizer() {
  const std::string path = std::string(KVSCOPE_FIXTURES) + "/tokenizers/gpt2/tokenizer.json";
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return std::make_shared<const core::Tokenizer>(*core::Tokenizer::parse(text, path));
}

app::OpenModel made_up(const std::string& name, const std::string& description) {
  const auto spec = core::parse_random_model(description);
  return {.name = name,
          .model = *core::make_random_model(*spec, name, std::uint64_t{1} << 30),
          .tokenizer = nullptr,
          .default_prompt = ""};
}

}  // namespace

core::Result<app::OpenModel> open_for_bench(const std::string& name) {
  static const auto tokenizer = bench_tokenizer();
  const std::string sizes = "random:width=8,layers=3,heads=4,kv_heads=2,ffn=16,vocab=657";
  if (name.starts_with("random:")) return made_up(name, name);
  if (name == "ids") return made_up(name, "random:width=8,layers=2,heads=2,ffn=16,vocab=32");
  app::OpenModel model;
  if (name == "tiny")
    model = made_up(name, sizes + ",context=96");
  else if (name == "other")
    model = made_up(name, sizes + ",context=96,seed=2");
  else if (name == "short")
    model = made_up(name, sizes + ",context=12");
  else
    return core::input_error(name, "config.json", "nothing", "a model");
  model.tokenizer = tokenizer;
  if (name != "other") model.default_prompt = "one two three";
  return model;
}

Bench::Bench(const app::Settings& settings)
    : tools_{.workspace = workspace_,
             .parallel = nullptr,
             .open_model = [](const std::string& name,
                              const auto&) { return open_for_bench(name); },
             .progress = {}},
      state_(app::initial_state(settings)) {}

Bench::Bench(const std::string& model, const app::Settings& settings) : Bench(settings) {
  act(app::act::LoadModel{model});
}

void Bench::act_only(const app::Action& action) { state_ = app::update(std::move(state_), action); }

void Bench::act(const app::Action& action) {
  act_only(action);
  settle();
}

void Bench::click(scene::PartKind kind, int a, int b) {
  act(app::act::Click{{.kind = kind, .side = core::Side::cached, .a = a, .b = b}});
}

void Bench::settle() { state_ = app::settle(std::move(state_), tools_); }

app::WorkResult Bench::work_once() { return app::perform(*app::next_work(state_), tools_); }

void Bench::pass(double seconds) {
  constexpr double frame = 1.0 / 60;
  for (double t = 0; t < seconds; t += frame) {
    state_ = app::advance(std::move(state_), frame);
    settle();
  }
}

void Bench::take_steps(int count) {
  for (int i = 0; i < count; ++i) {
    press(app::Command::last);
    press(app::Command::next_token);
  }
  press(app::Command::last);
}

bool Bench::says(std::string_view part) const {
  return std::ranges::any_of(state_.messages, [&](const std::string& message) {
    return message.find(part) != std::string::npos;
  });
}

namespace {

// The first thing that is wrong with a state, "" when nothing is.
std::string wrong_with_view(const AppState& s) {
  const core::ModelConfig& config = s.now.run->model->config;
  if (s.view.layer < 0 || s.view.layer >= config.layers) return "the layer";
  if (s.view.head < 0 || s.view.head >= config.heads) return "the head";
  if (scene::clamp(app::timeline_of(s), s.now.moment) != s.now.moment) return "the moment";
  const scene::Zoom& z = s.view.zoom;
  if (!(z.row0 >= 0 && z.row0 < z.row1 && z.row1 <= 1.0001F)) return "the zoom of rows";
  if (!(z.column0 >= 0 && z.column0 < z.column1 && z.column1 <= 1.0001F)) return "the zoom";
  const float slider = app::status_of(s).slider;
  if (!(slider >= 0 && slider <= 1)) return "the slider";
  return "";
}

std::string wrong_with_run(const core::Run& run) {
  int rows = 0;
  for (std::size_t i = 0; i < run.steps.size(); ++i) {
    const core::Step& step = *run.steps[i];
    const int total = static_cast<int>(run.prompt.size() + i);
    if (step.index != static_cast<int>(i) || step.total() != total) return "the place of a step";
    if (i > 0 && step.past != total - 1) return "the rows before a step";
    rows = total;
  }
  if (!run.steps.empty() && run.cache.rows != rows) return "the rows of the cache";
  if (run.cache.block && run.cache.block->filled() < run.cache.rows) return "rows that are gone";
  return "";
}

std::string wrong_with_texts(const AppState& s) {
  const std::size_t steps = s.now.run->steps.size();
  if (s.text->tokens.size() != s.now.run->prompt.size() + steps) return "texts of tokens";
  if (s.text->candidates.size() != steps) return "candidates";
  for (std::size_t i = 0; i < steps; ++i)
    if (std::ranges::find(s.text->candidates[i], s.now.run->steps[i]->token,
                          &scene::Candidate::token) == s.text->candidates[i].end())
      return "a candidate that was chosen";
  if (s.costs->cached.size() != steps + 1 || s.costs->uncached_counted.size() != steps + 1)
    return "costs";
  for (std::size_t i = 0; i < steps; ++i)
    if (s.costs->uncached_counted[i + 1] != s.now.run->steps[i]->uncached.has_value())
      return "which costs were counted";
  return "";
}

std::string wrong_with_bounds(const AppState& s) {
  if (s.undo.size() + s.redo.size() > app::undo_depth) return "the depth of undo";
  if (s.messages.size() > 4) return "messages";
  if (s.settings.recent_models.size() > 12) return "recent models";
  if (s.replays.size() > app::replays_kept) return "how many replays";
  std::uint64_t bytes = 0;
  for (const auto& replay : s.replays) {
    bytes += replay->bytes();
    if (replay->step >= static_cast<int>(s.now.run->steps.size())) return "a replay of no step";
    if (replay->total() != s.now.run->steps[static_cast<std::size_t>(replay->step)]->total())
      return "a replay of another step";
  }
  if (bytes > s.memory_budget) return "the budget of replays";
  const app::Playback& p = s.playback;
  if (p.waiting && app::next_work(s) == std::nullopt && !s.cancelled) return "waiting for nothing";
  return "";
}

std::string wrong_with_scenario(const scene::Scenario& s) {
  if (s.tokens < 2 || s.tokens > scene::most_scenario_tokens) return "tokens of a scenario";
  if (s.prompt < 1 || s.prompt > s.tokens) return "its prompt";
  if (s.batch < 1) return "its batch";
  if (s.at < 0 || s.at > s.tokens) return "its cursor";
  if (core::has_closed_form(s.sizes) && app::check_sizes(s.sizes.model)) return "its sizes";
  return {};
}

}  // namespace

testing::AssertionResult is_sound(const AppState& state) {
  for (const app::LabPlace* place : {&state.lab.scenarios, &state.lab.costs})
    if (const std::string wrong = wrong_with_scenario(place->scenario); !wrong.empty())
      return testing::AssertionFailure() << "wrong: " << wrong;
  if (!state.now.run) return testing::AssertionSuccess();
  for (const std::string& wrong : {wrong_with_run(*state.now.run), wrong_with_texts(state),
                                   wrong_with_view(state), wrong_with_bounds(state)})
    if (!wrong.empty()) return testing::AssertionFailure() << "wrong: " << wrong;
  return testing::AssertionSuccess();
}

}  // namespace kv::test
