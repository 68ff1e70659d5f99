#include "app/logic/lesson/teaching.h"

#include <algorithm>
#include <charconv>

#include "app/logic/branch.h"
#include "app/logic/document.h"
#include "app/logic/history.h"
#include "app/logic/lesson/answering.h"
#include "app/logic/lesson/filling.h"
#include "app/logic/playback.h"
#include "app/logic/run_text.h"

namespace kv::app {
namespace {

namespace words = scene::words;

constexpr std::size_t runs_kept = 8, models_kept = 6;

void put_explore_aside(AppState& state) {
  if (!state.now.run) return;
  state.explore = Aside{.past = put_aside(state),
                        .undo = std::move(state.undo),
                        .redo = std::move(state.redo),
                        .layer = state.view.layer,
                        .head = state.view.head,
                        .heat = state.view.heat,
                        .chart = state.view.chart,
                        .pace = state.playback.pace};
  state.undo.clear();
  state.redo.clear();
}

void forget_beat(AppState& state) {
  scene::ViewState& view = state.view;
  view.stage = scene::Stage::decode;
  view.spec = {};
  view.experiment = core::Experiment::none;
  view.highlight.clear();
  view.hidden.clear();
  view.lit.reset();
  view.pinned.reset();
  view.strokes.clear();
  view.zoom = {};
}

// A model on its way belongs to the place that asked for it.
void drop_loading(AppState& state) {
  state.loading.clear();
  state.opening = nullptr;
  state.lesson.cue_waiting = false;
}

void bring_explore_back(AppState& state) {
  forget_beat(state);
  drop_loading(state);
  state.lesson.cue_glides = false;
  if (!state.explore) return;
  Aside aside = *std::move(state.explore);
  state.explore.reset();
  bring_back(state, std::move(aside.past));
  state.undo = std::move(aside.undo);
  state.redo = std::move(aside.redo);
  const core::ModelConfig& config = state.now.run->model->config;
  state.view.layer = std::min(aside.layer, config.layers - 1);
  state.view.head = std::min(aside.head, config.heads - 1);
  state.view.heat = aside.heat;
  state.view.chart = aside.chart;
  state.playback.pace = aside.pace;
}

const OpenModel* model_named(const AppState& state, const std::string& name) {
  for (const OpenModel& model : state.lesson.models)
    if (model.name == name) return &model;
  return state.now.model.name == name && state.now.model.model ? &state.now.model : nullptr;
}

// "#3 #1 #4" for models without words.
std::vector<core::Token> token_ids(const std::string& text) {
  std::vector<core::Token> ids;
  for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at + 1)) {
    core::Token id = 0;
    if (std::from_chars(text.data() + at + 1, text.data() + text.size(), id).ec == std::errc())
      ids.push_back(id);
  }
  return ids;
}

core::Result<std::vector<core::Token>> tokens_of_prompt(const OpenModel& model,
                                                        const std::string& text) {
  if (!model.tokenizer) return token_ids(text);
  return model.tokenizer->encode(text);
}

// Another beat's run of the same prompt, as far as this one needs it; else one that begins.
core::Result<core::Run> run_for(const AppState& state, const OpenModel& model,
                                std::vector<core::Token> tokens, int steps) {
  for (const auto& run : state.lesson.runs)
    if (run->model == model.model && run->prompt == tokens)
      return core::rewind(*run, std::min(steps, static_cast<int>(run->steps.size())));
  return core::start_run(model.model, std::move(tokens));
}

void keep_run(AppState& state) {
  auto& runs = state.lesson.runs;
  const auto& run = state.now.run;
  // Only what the model chose by itself is what another beat expects.
  if (state.now.sampling_since > 0 || !(run->sampling == core::Sampling{}) ||
      std::ranges::any_of(run->steps, [](const auto& step) { return step->forced; }))
    return;
  const auto same = std::ranges::find_if(runs, [&](const auto& other) {
    return other->model == run->model && other->prompt == run->prompt;
  });
  if (same != runs.end()) {
    if ((*same)->steps.size() > run->steps.size()) return;
    runs.erase(same);
  }
  runs.insert(runs.begin(), run);
  if (runs.size() > runs_kept) runs.pop_back();
}

std::vector<scene::PartPattern> patterns_of(const std::vector<std::string>& names) {
  std::vector<scene::PartPattern> patterns;
  for (const std::string& name : names)
    if (auto pattern = scene::parse_part_pattern(name)) patterns.push_back(*std::move(pattern));
  return patterns;
}

void apply_view(AppState& state, const Cue& cue, const core::ModelConfig& config) {
  scene::ViewState& view = state.view;
  forget_beat(state);
  view.layer = std::min(cue.layer, config.layers - 1);
  view.head = std::min(cue.head, config.heads - 1);
  view.heat = cue.heat;
  view.chart = {.log_log = cue.spec.log_log && cue.stage == scene::Stage::decode,
                .component = cue.spec.component};
  view.stage = cue.stage;
  view.spec = cue.spec;
  view.experiment = cue.experiment;
  view.highlight = patterns_of(cue.highlight);
  state.playback.pace = cue.pace;
}

int wanted_steps(const Cue& cue) {
  return std::max({1, cue.step, cue.from ? cue.from->step : 0});
}

// What has been typed or pointed at belongs to the beat before.
void forget_scratch(LessonState& lesson) {
  lesson.filled = nullptr;
  lesson.focused = 0;
  lesson.estimate = -1;
  lesson.drawing.clear();
  lesson.feedback.clear();
  lesson.voting = false;
  lesson.cue_glides = false;
}

void note_seen(LessonState& lesson) {
  const std::pair seen{lesson.shown()->id, lesson.shown_beat()->id};
  if (std::ranges::find(lesson.progress.seen, seen) == lesson.progress.seen.end())
    lesson.progress.seen.push_back(seen);
}

std::optional<int> index_of(const auto& list, const std::string& id) {
  const auto found = std::ranges::find_if(list, [&](const auto& one) { return one.id == id; });
  if (found == list.end()) return {};
  return static_cast<int>(found - list.begin());
}

// The next beat on the path in that direction; nothing at its end.
std::optional<std::pair<int, int>> beat_beside(const LessonState& lesson, int by) {
  int l = lesson.lesson, b = lesson.beat;
  const auto& all = *lesson.lessons;
  for (;;) {
    b += by;
    if (b < 0 || b >= static_cast<int>(all[static_cast<std::size_t>(l)].beats.size())) {
      l += by;
      if (l < 0 || l >= static_cast<int>(all.size())) return {};
      const int count = static_cast<int>(all[static_cast<std::size_t>(l)].beats.size());
      b = by > 0 ? 0 : count - 1;
    }
    const Beat& beat = all[static_cast<std::size_t>(l)].beats[static_cast<std::size_t>(b)];
    if (!lesson.lecture || beat.lecture) return std::pair{l, b};
  }
}

void step_beat(AppState& state, int by, const scene::Phrase& end) {
  if (!state.lesson.shown_beat()) return;
  if (const auto beside = beat_beside(state.lesson, by))
    return go_to_beat(state, beside->first, beside->second);
  say(state, end);
}

}  // namespace

bool in_lessons(const AppState& state) { return state.view.place == scene::PlaceId::lessons; }

void go_to_place(AppState& state, scene::PlaceId place) {
  if (place == state.view.place) return;
  if (place == scene::PlaceId::lessons)
    return go_to_beat(state, state.lesson.lesson, state.lesson.beat);
  const bool from_lessons = in_lessons(state);
  state.view.place = place;
  state.view.overlay = scene::Overlay::none;
  state.lesson.presenting = false;
  if (from_lessons) return bring_explore_back(state);
  stop_moving(state);
}

void go_to_beat(AppState& state, int lesson, int beat) {
  LessonState& l = state.lesson;
  const bool none = !l.lessons || l.lessons->empty();
  if (none && l.mistakes.empty()) return say(state, words::lesson_none);
  if (!in_lessons(state)) {
    put_explore_aside(state);
    state.view.place = scene::PlaceId::lessons;
  }
  if (none) return;  // what is wrong with them stands there instead
  l.lesson = std::clamp(lesson, 0, static_cast<int>(l.lessons->size()) - 1);
  l.beat = std::clamp(beat, 0, static_cast<int>(l.shown()->beats.size()) - 1);
  state.view.overlay = scene::Overlay::none;
  note_seen(l);
  forget_scratch(l);
  show_beat(state);
}

bool go_to_beat_named(AppState& state, const std::string& lesson, const std::string& beat) {
  if (lesson.empty() || !state.lesson.lessons) return false;
  const auto& lessons = *state.lesson.lessons;
  const int l = index_of(lessons, lesson).value_or(-1);
  if (l < 0) return false;
  go_to_beat(state, l, index_of(lessons[static_cast<std::size_t>(l)].beats, beat).value_or(0));
  return true;
}

void next_beat(AppState& state) { step_beat(state, 1, words::say_lesson_last_beat); }
void previous_beat(AppState& state) { step_beat(state, -1, words::say_lesson_first_beat); }

void show_beat(AppState& state) {
  LessonState& lesson = state.lesson;
  const Beat* beat = lesson.shown_beat();
  if (!beat) return;
  const Cue& cue = beat->show;
  stop_moving(state);
  drop_loading(state);
  state.undo.clear();
  state.redo.clear();
  const OpenModel* found = model_named(state, cue.model);
  if (!found) {
    lesson.cue_waiting = true;
    state.loading = cue.model;
    return;
  }
  OpenModel model = *found;
  const std::string& text = cue.prompt[static_cast<std::size_t>(state.view.language)];
  auto tokens = tokens_of_prompt(model, text);
  auto run = tokens ? run_for(state, model, *std::move(tokens), wanted_steps(cue))
                    : core::Result<core::Run>(tokens.error());
  if (!run) return say(state, words::say_lesson_wrong, {run.error().message});
  state.now.model = std::move(model);
  state.now.prompt_text = text;
  state.now.forced.clear();
  state.now.sampling_since = 0;
  replace_run(state, *std::move(run));
  refresh_text(state, -1);
  state.now.wanted_steps = wanted_steps(cue);
  apply_view(state, cue, state.now.run->model->config);
  const bool there = static_cast<int>(state.now.run->steps.size()) >= wanted_steps(cue);
  const scene::Moment begin = cue.from ? *cue.from : cue.moment();
  state.now.moment = scene::clamp(timeline_of(state), begin);
  if (!there) state.now.place = begin;
  lesson.cue_glides = cue.from.has_value();
}

bool take_model(AppState& state, const OpenModel& model) {
  LessonState& lesson = state.lesson;
  const Beat* beat = lesson.shown_beat();
  if (!in_lessons(state) || !lesson.cue_waiting || !beat || beat->show.model != model.name)
    return false;
  lesson.models.insert(lesson.models.begin(), model);
  if (lesson.models.size() > models_kept) lesson.models.pop_back();
  show_beat(state);
  return true;
}

void set_lessons(AppState& state, std::shared_ptr<const std::vector<Lesson>> lessons,
                 std::vector<std::string> mistakes) {
  LessonState& l = state.lesson;
  const std::string lesson = l.shown() ? l.shown()->id : "";
  const std::string beat = l.shown_beat() ? l.shown_beat()->id : "";
  l.mistakes = std::move(mistakes);
  // While its files are being mended, the lesson shown stays as it was.
  if (!l.mistakes.empty() && l.shown() && (!lessons || !index_of(*lessons, lesson))) return;
  l.lessons = std::move(lessons);
  l.filled = nullptr;
  if (!l.lessons) return;
  l.lesson = index_of(*l.lessons, lesson).value_or(0);
  l.beat = l.shown() ? index_of(l.shown()->beats, beat).value_or(0) : 0;
  if (in_lessons(state) && l.shown_beat()) show_beat(state);
}

void refresh_lesson(AppState& state) {
  LessonState& lesson = state.lesson;
  if (!in_lessons(state) || !lesson.shown_beat() || !state.now.run || lesson.cue_waiting) return;
  // Where its model could not be had, another's numbers are no substitute.
  if (state.now.model.name != lesson.shown_beat()->show.model) return;
  const bool complete = static_cast<int>(state.now.run->steps.size()) >= state.now.wanted_steps;
  if (complete) {
    keep_run(state);
    if (std::exchange(lesson.cue_glides, false)) {
      const Cue& cue = lesson.shown_beat()->show;
      glide_to(state, cue.moment(), cue.pace);
    }
  }
  state.view.hidden = asks(state) ? patterns_of(lesson.shown_beat()->show.hide)
                                  : std::vector<scene::PartPattern>{};
  const bool stale = !lesson.filled || lesson.filled->language != state.view.language ||
                     lesson.filled->lesson != lesson.lesson || lesson.filled->beat != lesson.beat;
  if (stale || (!lesson.filled->complete && cue_is_ready(state)))
    lesson.filled = std::make_shared<const FilledBeat>(fill_beat(state));
  if (lesson.estimate < 0) begin_estimate(state);
}

}  // namespace kv::app
