#include "app/shell/commands/render_state.h"

#include <cmath>

#include "app/logic/action.h"
#include "app/logic/lab/controls.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lab/lab_drawing.h"
#include "app/shell/commands/token_list.h"
#include "app/shell/interrupt.h"
#include "app/shell/lesson_store.h"
#include "app/shell/quiz_store.h"
#include "app/shell/session_store.h"
#include "app/shell/window/lesson_keeper.h"
#include "app/shell/window_model.h"

namespace kv::app {
namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

Error usage(std::string message) { return {ErrorKind::usage, std::move(message)}; }

AppState fresh_state(const RenderOptions& options) {
  Settings settings;
  settings.language = options.language;
  settings.theme = options.theme;
  settings.high_contrast = options.high_contrast;
  return initial_state(settings);
}

// What went wrong, when nothing is open after all work was done.
Error why_nothing(const AppState& state, const RenderTools& tools) {
  if (tools.failure()) return *tools.failure();
  return usage(state.messages.empty() ? "nothing to render" : state.messages.back());
}

Result<AppState> opened(const RenderOptions& options, RenderTools& tools) {
  AppState state = fresh_state(options);
  if (options.session) return opened_session(*options.session, std::move(state), tools);
  state.first_prompt = options.prompt.value_or("");
  state = tools.settle(update(std::move(state), act::LoadModel{options.model.value_or("story")}));
  if (!state.now.run) return why_nothing(state, tools);
  if (!state.messages.empty()) return usage(state.messages.back());
  return state;
}

Status range_error(const char* option, int found, int least, int most, const std::string& what) {
  if (found >= least && found <= most) return {};
  return usage(fmt::format("{}: found {}, expected {} to {}, the {} of this model", option, found,
                           least, most, what));
}

Status check(const RenderOptions& options, const core::ModelConfig& config,
             std::size_t prompt_tokens) {
  if (options.layer)
    if (auto error = range_error("--layer", *options.layer, 1, config.layers, "layers"))
      return error;
  if (options.head)
    if (auto error = range_error("--head", *options.head, 1, config.heads, "heads")) return error;
  const int room = config.context_length - static_cast<int>(prompt_tokens) + 1;
  if (options.step)
    if (auto error = range_error("--step", *options.step, 0, room, "room behind the prompt"))
      return error;
  if (!options.operation) return {};
  if (!scene::find_operation(*options.operation)) {
    std::string known;
    for (const auto& info : scene::operations())
      known += (known.empty() ? "" : ", ") + std::string(info.id);
    return usage("--op: found " + core::quoted(*options.operation) + ", expected one of " + known);
  }
  if (options.step && *options.step == 0)
    return usage(
        "--op: found it beside --step 0, expected a step from 1 on: operations belong to "
        "a step");
  return {};
}

// The session with what the options ask for otherwise.
Session asked_for(const RenderOptions& options, Session session) {
  if (options.step) session.steps = *options.step;
  if (options.step || !options.session) session.moment = scene::rest_after(session.steps);
  if (options.layer) session.layer = *options.layer - 1;
  if (options.head) session.head = *options.head - 1;
  if (options.pace) session.pace = *options.pace;
  session.heat |= options.heat;
  session.chart.log_log |= options.log_log;
  if (options.operation) {
    const scene::Operation operation = scene::find_operation(*options.operation)->operation;
    session.moment.step = std::max(1, session.moment.step);
    session.moment.operation = operation;
    session.moment.layer = scene::in_layer(operation) ? session.layer : 0;
    session.moment.t = 1;
  }
  return session;
}

Result<int> beat_named(const Lesson& lesson, const std::string& name) {
  for (std::size_t i = 0; i < lesson.beats.size(); ++i)
    if (lesson.beats[i].id == name || std::to_string(i + 1) == name) return static_cast<int>(i);
  return usage(fmt::format("--beat: found {}, expected 1 to {} or the id of a beat of {}",
                           core::quoted(name), lesson.beats.size(), lesson.id));
}

}  // namespace

RenderTools::RenderTools(scene::Language language)
    : language_(language),
      tools_{.workspace = workspace_,
             .open_model = [this](const std::string& name,
                                  const std::function<bool(double)>&) { return open(name); },
             .progress = [](double) { return !interrupted(); }} {}

Result<OpenModel> RenderTools::open(const std::string& name) {
  if (opened_.model && opened_.name == name) return opened_;
  auto model = open_for_window(name, language_, [](double) { return !interrupted(); });
  if (model)
    opened_ = *model;
  else
    failure_ = model.error();
  return model;
}

AppState RenderTools::settle(AppState state) { return app::settle(std::move(state), tools_); }

namespace {

Result<AppState> lesson_to_render(const RenderOptions& options, RenderTools& tools) {
  const auto place = find_lesson(options.lesson);
  if (!place) return place.error();
  act::SetLessons lessons = lessons_from(place->folder);
  if (!lessons.mistakes.empty()) return Error{ErrorKind::input, lessons.mistakes.front()};
  const Lesson& lesson = (*lessons.lessons)[static_cast<std::size_t>(place->index)];
  const auto beat = beat_named(lesson, options.beat);
  if (!beat) return beat.error();
  AppState state = fresh_state(options);
  state.lesson.sizes = built_in_sizes();
  state.lesson.presenting = options.presenting;
  state.lesson.notes = options.notes;
  state.view.reduced_motion = !options.seconds;  // a still shows where a movement ends
  state = update(std::move(state), lessons);
  state = tools.settle(update(std::move(state), act::GoToBeat{place->index, *beat}));
  if (!state.now.run) return why_nothing(state, tools);
  if (options.revealed) state = tools.settle(update(std::move(state), act::Do{Command::reveal}));
  if (!state.messages.empty()) return usage(state.messages.back());
  return state;
}

// Scenarios and Costs: what they ask to be executed is executed, and nothing is measured.
Result<AppState> lab_to_render(const RenderOptions& options, RenderTools& tools) {
  AppState state = fresh_state(options);
  state.lesson.sizes = built_in_sizes();
  state = update(std::move(state), read_quiz_for_window());
  const bool costs = *options.place == "costs";
  state = update(std::move(state), act::Do{costs ? Command::open_costs : Command::open_scenarios});
  if (options.model || options.scenario) {
    const std::string text =
        (options.model ? "model=" + *options.model + " " : "") + options.scenario.value_or("");
    const auto scenario = parse_scenario(text, costs, sizes_by_name(state));
    if (!scenario) return scenario.error();
    state = update(std::move(state), act::SetScenario{text});
    if ((state.view.place == scene::PlaceId::costs) != costs)
      return usage("--scenario: found a page of " + std::string(costs ? "scenarios" : "costs") +
                   ", expected one of --place " + *options.place);
  }
  state = tools.settle(std::move(state));
  if (options.guess)
    state =
        update(std::move(state),
               act::Drag{{.kind = scene::PartKind::control_slider,
                          .a = static_cast<int>(ControlId::exponent),
                          .b = static_cast<int>(std::lround(1000 * share_of(*options.guess)))}});
  if (options.revealed) state = update(std::move(state), act::Do{Command::reveal});
  if (!state.messages.empty()) return usage(state.messages.back());
  return state;
}

}  // namespace

Result<AppState> opened_session(const std::string& path, AppState state, RenderTools& tools) {
  const auto text = read_session_text(path);
  if (!text) return text.error();
  if (const auto session = parse_session(*text, path); !session) return session.error();
  state = tools.settle(update(std::move(state), act::OpenSession{*text, path}));
  if (tools.failure()) return *tools.failure();
  if (state.now.run && state.messages.empty()) return state;
  return Error{ErrorKind::input,
               path + ": " + (state.messages.empty() ? "nothing to show" : state.messages.back())};
}

Result<AppState> state_to_render(const RenderOptions& options, RenderTools& tools) {
  if (options.lesson) return lesson_to_render(options, tools);
  if (options.place == "explore" && (options.scenario || options.guess))
    return usage(std::string(options.scenario ? "--scenario" : "--guess") +
                 ": found it with --place explore, expected --place scenarios or costs");
  if (options.place && *options.place != "explore") return lab_to_render(options, tools);
  auto state = opened(options, tools);
  if (!state) return state;
  Session session = session_of(*state);
  if (options.tokens) {
    auto tokens = parse_token_list(*options.tokens);
    if (!tokens) return tokens.error();
    session.prompt.clear();
    session.prompt_tokens = *std::move(tokens);
    session.forced.clear();
  }
  const core::ModelConfig& config = state->now.run->model->config;
  if (auto error = check(options, config, session.prompt_tokens.size())) return *error;
  session = asked_for(options, std::move(session));
  AppState result = update(fresh_state(options), act::OpenSession{to_json(session), "render"});
  result = tools.settle(std::move(result));
  if (!result.now.run) return why_nothing(result, tools);
  if (!result.messages.empty()) return usage(result.messages.back());
  return result;
}

}  // namespace kv::app
