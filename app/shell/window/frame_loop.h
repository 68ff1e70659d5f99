// The window's life: what happened becomes actions, actions make the next state, the state is
// drawn. Nothing is drawn while nothing changes.
#pragma once

#include <atomic>
#include <chrono>

#include "app/shell/panels/panels.h"
#include "app/shell/window/canvas.h"
#include "app/shell/window/lesson_keeper.h"
#include "app/shell/window/pointer.h"
#include "app/shell/window/worker.h"

namespace kv::app {

class FrameLoop {
 public:
  FrameLoop(Window& window, Canvas& canvas, AppState state, float user_scale,
            LessonKeeper lessons);

  // Until the window is closed.
  core::Status run();

 private:
  using Clock = std::chrono::steady_clock;

  core::Status turn();
  double patience() const;  // seconds to sleep at most
  void take_keys(const Input& input);
  void take_mouse(const Input& input);
  void take_drops(const Input& input);
  void pass_time();
  void drive_worker();
  void fold(const Action& action);
  void say(const scene::Phrase& phrase, const std::string& argument = {});
  void do_command(ShellCommand command);
  void do_requests();
  void save_to(const std::string& path);
  void open_from(const std::string& path);
  void save_picture(const std::string& path);
  void keep_settings();
  void keep_lessons();
  void present();
  void export_answers();
  void copy_scenario();
  void export_exam();
  void name_window();
  void report_complaint();

  Window& window_;
  Canvas& canvas_;
  AppState state_;
  float user_scale_;
  Panels panels_;
  Pointer pointer_;
  LessonKeeper lessons_;
  std::vector<Action> asked_;      // by panels, in the frame before
  std::vector<Request> requests_;  // likewise
  std::string session_path_;       // of the session opened or saved last
  Settings kept_;                  // as they stand in the file
  bool keeps_settings_ = true;
  bool quits_ = false;
  bool complained_ = false;
  std::string titled_;  // the model in the window's title
  int frames_due_ = 1;  // a panel takes a few frames to come to rest
  bool moved_ = false;
  Clock::time_point last_turn_ = Clock::now(), last_frame_{};
  std::atomic<scene::Language> language_;  // for the worker's prompts
  Worker worker_;
};

}  // namespace kv::app
