#include <algorithm>
#include <cmath>

#include "app/logic/branch.h"
#include "app/logic/click.h"
#include "app/logic/document.h"
#include "app/logic/history.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lesson/answering.h"
#include "app/logic/lesson/teaching.h"
#include "app/logic/open.h"
#include "app/logic/playback.h"

namespace kv::app {
namespace {

using scene::Overlay;
using scene::PartKind;

// What is no number becomes the least.
double within(double value, double least, double most) {
  return value >= least ? std::min(value, most) : least;
}

void apply(AppState& state, const Settings& settings) {
  state.settings = settings;
  Settings& s = state.settings;
  s.font_scale = within(s.font_scale, 0.7, 2);
  s.speed = within(s.speed, 0.25, 8);
  state.playback.speed = s.speed;
  state.view.language = s.language;
  state.view.theme = s.theme;
  state.view.high_contrast = s.high_contrast;
  state.view.reduced_motion = s.reduced_motion;
  if (s.reduced_motion) finish_glide(state);
}

// Each language has its own prompt in a lesson.
void follow_language(AppState& state, scene::Language before) {
  const Beat* beat = in_lessons(state) ? state.lesson.shown_beat() : nullptr;
  const auto prompt = [&](scene::Language language) {
    return beat->show.prompt[static_cast<std::size_t>(language)];
  };
  if (beat && prompt(before) != prompt(state.view.language)) show_beat(state);
}

template <class Change>
void change_settings(AppState& state, const Change& change) {
  Settings settings = state.settings;
  change(settings);
  const scene::Language before = state.view.language;
  apply(state, settings);
  if (before != state.view.language) follow_language(state, before);
}

void turn_layer(AppState& state, int by) {
  if (!state.now.run) return;
  state.view.layer = std::clamp(state.view.layer + by, 0, state.now.run->model->config.layers - 1);
}

// Up and Down go through what may be answered while something is asked.
void turn_or_choose(AppState& state, int up) {
  const Beat* beat = state.lesson.shown_beat();
  if (!asks(state) || !beat->question) return turn_layer(state, up);
  if (beat->question->kind == QuestionKind::choice) return focus_option(state, -up);
  if (beat->question->kind == QuestionKind::number)
    return set_estimate(state, state.lesson.estimate + 0.02F * static_cast<float>(up));
  turn_layer(state, up);
}

void turn_pointer(AppState& state) {
  scene::ViewState& view = state.view;
  const bool spotlight = view.pointing, pen = view.drawing;
  view.pointing = !spotlight && !pen;
  view.drawing = spotlight;
  view.strokes.clear();
}

void reset_place(AppState& state) {
  if (!in_lessons(state)) return reset(state);
  go_to_beat(state, state.lesson.lesson, state.lesson.beat);
}

void turn_head(AppState& state, int by) {
  if (!state.now.run) return;
  const int heads = state.now.run->model->config.heads;
  state.view.head = (state.view.head + by + heads) % heads;
}

void set_speed(AppState& state, double speed) {
  change_settings(state, [&](Settings& s) { s.speed = speed; });
}

// One thing at a time, the topmost first.
void escape(AppState& state) {
  scene::ViewState& view = state.view;
  if (view.blank)
    view.blank = false;
  else if (view.overlay != Overlay::none)
    view.overlay = Overlay::none;
  else if (view.pointing || view.drawing)
    view.pointing = view.drawing = false, view.strokes.clear();
  else if (state.lesson.presenting)
    state.lesson.presenting = false;
  else if (view.pinned)
    view.pinned.reset();
  else if (!view.zoom.whole())
    view.zoom = {};
  else
    state.messages.clear();
}

void cancel_work(AppState& state) {
  state.cancelled = true;
  state.loading.clear();
  state.opening = nullptr;
  state.work_title.reset();
  state.work_progress.reset();
  cancel_lab_work(state);
  stop_moving(state);
  state.now.place.reset();
  state.now.forced.clear();
  if (state.now.run) state.now.wanted_steps = static_cast<int>(state.now.run->steps.size());
}

void toggle_overlay(AppState& state, Overlay overlay) {
  state.view.overlay = state.view.overlay == overlay ? Overlay::none : overlay;
}

}  // namespace

void run_command(AppState& state, Command command) {
  if (lab_command(state, command)) return;
  const scene::Pace pace = state.playback.pace;
  switch (command) {
    case Command::next:
      return in_lessons(state) ? next_beat(state) : go_next(state, pace);
    case Command::back:
      return in_lessons(state) ? previous_beat(state) : go_back(state, pace);
    case Command::next_token:
      return go_next(state, scene::Pace::token);
    case Command::next_operation:
      return go_next(state, in_lessons(state) ? pace : scene::Pace::operation);
    case Command::previous_operation:
      return go_back(state, in_lessons(state) ? pace : scene::Pace::operation);
    case Command::first:
      return go_to(state, scene::rest_after(0));
    case Command::last:
      return go_to(state, scene::rest_after(timeline_of(state).steps));
    case Command::play_or_pause:
      return play_or_pause(state);
    case Command::layer_up:
      return turn_or_choose(state, 1);
    case Command::layer_down:
      return turn_or_choose(state, -1);
    case Command::head_next:
      return turn_head(state, 1);
    case Command::head_previous:
      return turn_head(state, -1);
    case Command::next_language:
      return change_settings(state, [](Settings& s) {
        s.language = static_cast<scene::Language>((static_cast<int>(s.language) + 1) %
                                                  static_cast<int>(scene::languages.size()));
      });
    case Command::next_theme:
      return change_settings(state, [](Settings& s) {
        s.theme = s.theme == scene::Theme::dark ? scene::Theme::light : scene::Theme::dark;
      });
    case Command::slower:
      return set_speed(state, state.playback.speed / 2);
    case Command::faster:
      return set_speed(state, state.playback.speed * 2);
    case Command::next_speed:
      return set_speed(state, state.playback.speed >= 4 ? 0.5 : state.playback.speed * 2);
    case Command::next_pace:
      state.playback.pace =
          static_cast<scene::Pace>((static_cast<int>(pace) + 1) % scene::pace_count);
      return;
    case Command::reset:
      return reset_place(state);
    case Command::undo:
      return undo(state);
    case Command::redo:
      return redo(state);
    case Command::toggle_heat:
      state.view.heat = !state.view.heat;
      return;
    case Command::toggle_chart_scale:
      state.view.chart.log_log = !state.view.chart.log_log;
      return;
    case Command::next_chart_part:
      state.view.chart.component =
          state.view.chart.component + 1 < static_cast<int>(core::op_count_parts.size())
              ? state.view.chart.component + 1
              : -1;
      return;
    case Command::toggle_help:
      return toggle_overlay(state, Overlay::help);
    case Command::toggle_legend:
      return toggle_overlay(state, Overlay::legend);
    case Command::toggle_pointing:
      return turn_pointer(state);
    case Command::toggle_blank:
      state.view.blank = !state.view.blank;
      return;
    case Command::bigger:
      return change_settings(state, [](Settings& s) { s.font_scale *= 1.1; });
    case Command::smaller:
      return change_settings(state, [](Settings& s) { s.font_scale /= 1.1; });
    case Command::default_size:
      return change_settings(state, [](Settings& s) { s.font_scale = 1; });
    case Command::open_lessons:
      return go_to_place(state, scene::PlaceId::lessons);
    case Command::open_explore:
      return go_to_place(state, scene::PlaceId::explore);
    case Command::open_scenarios:
      return go_to_place(state, scene::PlaceId::scenarios);
    case Command::open_costs:
      return go_to_place(state, scene::PlaceId::costs);
    case Command::toggle_list:
      if (in_lessons(state)) toggle_overlay(state, Overlay::lessons);
      return;
    case Command::toggle_lecture:
      state.lesson.lecture = !state.lesson.lecture;
      return;
    case Command::toggle_presenting:
      state.lesson.presenting = in_lessons(state) && !state.lesson.presenting;
      return;
    case Command::toggle_notes:
      state.lesson.notes = !state.lesson.notes;
      return;
    case Command::toggle_fold:
      state.lesson.folded = !state.lesson.folded;
      return;
    case Command::toggle_votes:
      return toggle_votes(state);
    case Command::answer:
      return answer(state);
    case Command::reveal:
      return reveal(state);
    case Command::escape:
      return escape(state);
    case Command::cancel_work:
      return cancel_work(state);
  }
}

namespace {

void finish_load(AppState& state, const job::Load& load, const WorkResult& result) {
  if (state.loading != load.name) return;
  state.loading.clear();
  if (!result.error && take_model(state, result.model)) return;
  if (!result.error) return finish_opening(state, result.model);
  state.lesson.cue_waiting = false;
  state.opening = nullptr;
  if (!abandoned(*result.error)) say(state, result.error->message);
}

void finish_extend(AppState& state, const WorkResult& result) {
  core::Run run = *result.run;
  const auto& mine = state.now.run->steps;
  if (run.steps.size() != mine.size() + 1) return;
  const int step = static_cast<int>(mine.size());
  // Uncached sides that came in meanwhile are not lost.
  std::ranges::copy(mine, run.steps.begin());
  if (result.uncached) run = core::with_uncached(std::move(run), step, *result.uncached);
  extend_run(state, std::move(run));
  std::erase_if(state.now.forced, [&](const auto& forced) { return forced.first <= step; });
  step_arrived(state);
  for (const auto& replay : result.replays) keep_replay(state, replay);
}

void finish_replay(AppState& state, const job::Replay& asked, const WorkResult& result) {
  if (asked.step >= static_cast<int>(state.now.run->steps.size())) return;
  for (const auto& replay : result.replays) keep_replay(state, replay);
  const auto& step = *state.now.run->steps[static_cast<std::size_t>(asked.step)];
  if (result.uncached && !step.uncached) fill_in(state, asked.step, *result.uncached);
}

void finish(AppState& state, const WorkResult& result) {
  state.work_title.reset();
  state.work_progress.reset();
  if (const auto* load = std::get_if<job::Load>(&result.work.job))
    return finish_load(state, *load, result);
  if (const auto* bench = std::get_if<job::Bench>(&result.work.job)) {
    if (!result.error || !abandoned(*result.error))
      state.bench = {bench->name, bench->prompt_tokens, bench->tokens, result.times};
    if (result.error && !abandoned(*result.error)) say(state, result.error->message);
    return;
  }
  if (is_lab_work(result.work)) return finish_lab_work(state, result);
  if (result.work.run_id != state.run_id || !state.now.run) return;
  if (result.error) {
    if (abandoned(*result.error)) return;
    cancel_work(state);
    return say(state, result.error->message);
  }
  if (const auto* replay = std::get_if<job::Replay>(&result.work.job))
    return finish_replay(state, *replay, result);
  if (const auto* asked = std::get_if<job::Experiment>(&result.work.job)) {
    state.experiment = {state.run_id, asked->step, asked->layer, result.experiment};
    return;
  }
  finish_extend(state, result);
}

struct Updater {
  AppState& state;

  // Whoever does something has read what was said, and wants work to go on.
  void begin() const {
    state.messages.clear();
    state.cancelled = false;
  }
  void operator()(const act::Do& a) const {
    if (a.command != Command::cancel_work && a.command != Command::escape) begin();
    hover(state, {}, state.view.pointer);
    run_command(state, a.command);
  }
  void operator()(const act::Click& a) const {
    const bool reading = a.part.kind == PartKind::message || a.part.kind == PartKind::overlay;
    if (!reading && a.part.kind != PartKind::cancel_button) begin();
    click(state, a.part);
  }
  void operator()(const act::Hover& a) const { hover(state, a.part, a.pointer); }
  void operator()(const act::Wheel& a) const { wheel(state, a.part, a.notches); }
  void operator()(const act::Scrub& a) const { begin(), scrub(state, a.share); }
  void operator()(const act::GoTo& a) const { begin(), go_to(state, a.moment); }
  void operator()(const act::SetPrompt& a) const { begin(), set_prompt(state, a.text); }
  void operator()(const act::SetPromptTokens& a) const {
    begin(), set_prompt_tokens(state, a.tokens);
  }
  void operator()(const act::SetSampling& a) const { begin(), set_sampling(state, a.sampling); }
  void operator()(const act::ForceToken& a) const { begin(), force_token(state, a.step, a.token); }
  void operator()(const act::LoadModel& a) const {
    begin();
    go_to_place(state, scene::PlaceId::explore);
    load_model(state, a.name);
  }
  void operator()(const act::SetSettings& a) const {
    change_settings(state, [&](Settings& s) { s = a.settings; });
  }
  void operator()(const act::SetPace& a) const { state.playback.pace = a.pace; }
  void operator()(const act::SetSpeed& a) const { set_speed(state, a.speed); }
  void operator()(const act::Say& a) const { say(state, a.message); }
  void operator()(const act::OpenSession& a) const {
    begin();
    go_to_place(state, scene::PlaceId::explore);
    open_session(state, a.text, a.label);
  }
  void operator()(const act::Drag& a) const { drag(state, a.part); }
  void operator()(const act::Stroke& a) const {
    constexpr std::size_t most_strokes = 400, most_points = 4000;
    auto& strokes = state.view.strokes;
    if (!state.view.drawing) return;
    if (a.begins || strokes.empty()) strokes.emplace_back();
    if (strokes.size() > most_strokes) strokes.erase(strokes.begin());
    if (strokes.back().size() < most_points) strokes.back().push_back(a.at);
  }
  void operator()(const act::SetScenario& a) const { begin(), set_scenario(state, a.text); }
  void operator()(const act::SetQuiz& a) const {
    state.lab.quiz = a.quiz;
    state.lab.quiz_mistake = a.mistake;
    state.lab.drill.asked.reset();
  }
  void operator()(const act::SetLessons& a) const {
    set_lessons(state, a.lessons, a.mistakes);
  }
  void operator()(const act::GoToBeat& a) const { begin(), go_to_beat(state, a.lesson, a.beat); }
  void operator()(const act::Finished& a) const { finish(state, a.result); }
  void operator()(const act::Progress& a) const {
    state.work_title = a.title;
    state.work_progress = a.share;
  }
};

}  // namespace

AppState update(AppState state, const Action& action) {
  std::visit(Updater{state}, action);
  touch_replays(state);
  refresh_lesson(state);
  refresh_lab(state);
  return state;
}

}  // namespace kv::app
