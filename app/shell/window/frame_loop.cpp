#include "app/shell/window/frame_loop.h"

#include <cmath>

#include "app/logic/lab/exam.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lab/lab_csv.h"
#include "app/logic/lesson/teaching.h"
#include "app/shell/atomic_file.h"
#include "app/shell/exam_files.h"
#include "app/shell/interrupt.h"
#include "app/shell/lesson_store.h"
#include "app/shell/outcome.h"
#include "app/shell/picture_svg.h"
#include "app/shell/quiz_store.h"
#include "app/shell/session_store.h"
#include "app/shell/settings_store.h"
#include "app/shell/window_model.h"
#include "app/shell/xdg_folders.h"
#include "viz/gl/image.h"

namespace kv::app {
namespace {

namespace words = scene::words;
constexpr double frame_seconds = 1.0 / 60;
constexpr double blink_seconds = 0.25;  // of the text cursor
constexpr double idle_seconds = 1;      // only to notice Ctrl-C in the terminal

double seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

FrameLoop::FrameLoop(Window& window, Canvas& canvas, AppState state, float user_scale,
                     LessonKeeper lessons)
    : window_(window),
      canvas_(canvas),
      state_(std::move(state)),
      user_scale_(user_scale),
      lessons_(std::move(lessons)),
      kept_(state_.settings),
      language_(state_.settings.language),
      worker_(
          [this](const std::string& name, const std::function<bool(double)>& progress) {
            return open_for_window(name, language_, progress);
          },
          [] { Window::wake(); }) {}

core::Status FrameLoop::run() {
  while (!quits_ && !window_.should_close() && !interrupted())
    if (auto error = turn()) return error;
  return {};
}

double FrameLoop::patience() const {
  if (frames_due_ > 0 || moving(state_) || pointer_.dragging())
    return std::max(0.0, frame_seconds - seconds(Clock::now() - last_frame_));
  return panels_.open() && canvas_.typing() ? blink_seconds : idle_seconds;
}

core::Status FrameLoop::turn() {
  window_.wait(patience());
  const Input input = window_.take_input();
  if (input.anything && (panels_.open() || !input.keys.empty())) frames_due_ = 3;
  if (panels_.open() && canvas_.typing() && seconds(Clock::now() - last_frame_) >= blink_seconds)
    frames_due_ = std::max(frames_due_, 1);
  for (const Action& action : std::exchange(asked_, {})) fold(action);
  take_keys(input);
  take_mouse(input);
  take_drops(input);
  do_requests();
  drive_worker();
  pass_time();
  keep_settings();
  keep_lessons();
  if (input.exposed) frames_due_ = std::max(frames_due_, 1);
  if (frames_due_ <= 0 || !window_.visible()) return {};
  --frames_due_;
  last_frame_ = Clock::now();
  name_window();
  if (auto error = canvas_.draw(state_, user_scale_, panels_, asked_, requests_)) return error;
  report_complaint();
  return {};
}

// A lecture goes on with a flaw in the picture; whoever started the program in a terminal is told.
void FrameLoop::report_complaint() {
  const std::string complaint = canvas_.take_complaint();
  if (complaint.empty() || complained_) return;
  complained_ = true;
  fail({core::ErrorKind::internal, complaint});
}

void FrameLoop::name_window() {
  const std::string model = subject_of(state_).model_name;
  if (model == titled_) return;
  titled_ = model;
  window_.set_title(model.empty() ? "kvscope" : model + " \u2013 kvscope");
}

void FrameLoop::fold(const Action& action) {
  state_ = update(std::move(state_), action);
  frames_due_ = std::max(frames_due_, 1);
}

void FrameLoop::say(const scene::Phrase& phrase, const std::string& argument) {
  fold(act::Say{scene::say(phrase, state_.view.language, {argument})});
}

void FrameLoop::pass_time() {
  const auto now = Clock::now();
  const double passed = seconds(now - last_turn_);
  last_turn_ = now;
  const bool moves = moving(state_);
  const auto second = std::floor(state_.lesson.presented);
  // The time before a movement began was spent asleep.
  if (moves || state_.lesson.presenting)
    state_ = advance(std::move(state_), moves && !moved_ ? frame_seconds : passed);
  if (moves || std::floor(state_.lesson.presented) != second)
    frames_due_ = std::max(frames_due_, 1);
  moved_ = moves;
}

void FrameLoop::take_keys(const Input& input) {
  for (const Key& key : input.keys) {
    const auto command = command_of(key, key_place(state_));
    if (panels_.open()) {
      // The panel has the keyboard; what concerns the window itself still works.
      if (key.name == "Escape") panels_.close();
      if (key == Key{"Enter"}) panels_.press_enter();
      const auto* own = command ? std::get_if<ShellCommand>(&*command) : nullptr;
      if (own && (*own == ShellCommand::fullscreen || *own == ShellCommand::present ||
                  *own == ShellCommand::quit)) do_command(*own);
      continue;
    }
    if (!command) continue;
    if (const auto* own = std::get_if<ShellCommand>(&*command))
      do_command(*own);
    else
      fold(act::Do{std::get<Command>(*command)});
  }
}

void FrameLoop::take_mouse(const Input& input) {
  if (panels_.open()) {
    pointer_.let_go();
    return;
  }
  for (const Mouse& mouse : input.mouse)
    for (const Action& action :
         pointer_.follow(mouse, canvas_.scene(), canvas_.pixels_per_unit(), state_.view)) {
      const auto* click = std::get_if<act::Click>(&action);
      const auto own = click ? shell_command_of(click->part) : std::nullopt;
      if (own)
        do_command(*own);
      else
        fold(action);
    }
}

void FrameLoop::take_drops(const Input& input) {
  if (input.dropped.empty()) return;
  panels_.close();
  const std::string& path = input.dropped.front();
  if (!lesson_folders(path).empty()) return lessons_.open(path);
  if (path.ends_with(".json") && !path.ends_with("/config.json"))
    open_from(path);
  else
    fold(act::LoadModel{path.ends_with("/config.json") ? path.substr(0, path.rfind('/')) : path});
}

void FrameLoop::drive_worker() {
  for (const Action& action : worker_.take()) fold(action);
  language_ = state_.settings.language;
  if (const auto& work = worker_.current()) {
    if (!still_needed(state_, *work)) worker_.cancel();
  } else if (auto next = next_work(state_)) {
    std::string title = title_of(*next, state_.view.language);
    worker_.start(*std::move(next), std::move(title));
  }
}

void FrameLoop::do_command(ShellCommand command) {
  frames_due_ = std::max(frames_due_, 3);
  if (panels_.show(command, state_)) return fold(act::Hover{{}, state_.view.pointer});
  if (command == ShellCommand::fullscreen) window_.toggle_fullscreen();
  if (command == ShellCommand::present) present();
  if (command == ShellCommand::export_answers) export_answers();
  if (command == ShellCommand::copy_scenario) copy_scenario();
  if (command == ShellCommand::paste_scenario && in_lab(state_))
    fold(act::SetScenario{window_.clipboard()});
  if (command == ShellCommand::export_exam) export_exam();
  if (command == ShellCommand::quit) quits_ = true;
  if (command == ShellCommand::save_session)
    save_to(session_path_.empty() ? default_session_path() : session_path_);
}

void FrameLoop::do_requests() {
  for (const Request& request : std::exchange(requests_, {})) {
    if (const auto* save = std::get_if<request::SaveSession>(&request)) save_to(save->path);
    if (const auto* open = std::get_if<request::OpenSession>(&request)) open_from(open->path);
    if (const auto* picture = std::get_if<request::SavePicture>(&request)) save_picture(picture->path);
  }
}

void FrameLoop::save_to(const std::string& path) {
  if (!state_.now.run) return say(words::say_nothing_to_save);
  if (const auto error = save_session(path, session_of(state_)))
    return fold(act::Say{error->message});
  session_path_ = path;
  say(words::say_session_saved, path);
}

void FrameLoop::open_from(const std::string& path) {
  const auto text = read_session_text(path);
  if (!text) return fold(act::Say{text.error().message});
  session_path_ = path;
  fold(act::OpenSession{*text, path});
}

void FrameLoop::save_picture(const std::string& path) {
  std::string content;
  if (path.ends_with(".csv") && in_lab(state_)) {
    content = lab_csv(state_.view.scenario, *lab_view(state_));
  } else if (path.ends_with(".svg")) {
    content = to_svg(canvas_.scene(), scene::palette(state_.view.theme, state_.view.high_contrast),
                     canvas_.metrics());
  } else {
    const auto image = canvas_.picture(state_, user_scale_);
    if (!image) return fold(act::Say{image.error().message});
    content = gl::encode_png(*image);
  }
  auto error = make_folder_for(path);
  if (!error) error = write_file(path, content);
  if (error) return fold(act::Say{error->message});
  say(words::say_picture_saved, path);
}

// A presentation is over the full screen; elsewhere the key is one more for the full screen.
void FrameLoop::present() {
  const bool presenting = in_lessons(state_) && !state_.lesson.presenting;
  if (in_lessons(state_)) fold(act::Do{Command::toggle_presenting});
  if (!in_lessons(state_) || presenting != window_.is_fullscreen()) window_.toggle_fullscreen();
}

void FrameLoop::copy_scenario() {
  if (!in_lab(state_)) return;
  const std::string text = scenario_text(state_);
  window_.set_clipboard(text);
  say(words::say_scenario_copied, text);
}

// The table and the pages, beside each other.
void FrameLoop::export_exam() {
  constexpr int questions = 20;
  if (!in_lab(state_) || !state_.lab.quiz) return;
  const std::uint64_t seed = state_.lab.scenarios.scenario.seed;
  const auto exam = make_exam(*state_.lab.quiz, seed, questions, state_.view.language,
                              quiz_source());
  if (!exam) return fold(act::Say{exam.error().message});
  const std::string stem = default_exam_stem(seed, state_.view.language);
  if (const auto error = make_folder_for(stem)) return fold(act::Say{error->message});
  for (const char* ending : {".svg", ".csv"})
    if (const auto paths = write_exam(*exam, stem + ending, &canvas_.gui()); !paths)
      return fold(act::Say{paths.error().message});
  say(words::say_exam_saved, stem);
}

void FrameLoop::export_answers() {
  const auto path = app::export_answers(state_.lesson.progress);
  if (!path) return fold(act::Say{path.error().message});
  say(words::say_answers_exported, *path);
}

void FrameLoop::keep_lessons() {
  if (auto read = lessons_.look()) fold(*read);
  if (const auto error = lessons_.keep(state_.lesson.progress)) fold(act::Say{error->message});
}

void FrameLoop::keep_settings() {
  if (state_.settings == kept_ || !keeps_settings_) return;
  kept_ = state_.settings;
  if (const auto error = save_settings(kept_)) {
    keeps_settings_ = false;  // saying so once is enough
    say(words::say_settings_not_kept, error->message);
  }
}

}  // namespace kv::app
