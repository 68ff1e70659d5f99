// The one thread for long work. What it is given and what it gives back are values.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/logic/action.h"
#include "app/logic/work.h"

namespace kv::app {

class Worker {
 public:
  using OpenModelFunction = std::function<core::Result<OpenModel>(
      const std::string& name, const std::function<bool(double)>& progress)>;

  // `wake` is called from the thread whenever take() has something.
  Worker(OpenModelFunction open_model, std::function<void()> wake);
  ~Worker();  // cancels and waits
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // What it is at, until its result has been taken.
  const std::optional<Work>& current() const { return current_; }
  // Only while there is none. `title` goes with its progress.
  void start(Work work, std::string title);
  // Asks it to end soon; it ends with a result that says so.
  void cancel();
  // Results and the latest progress since the last call.
  std::vector<Action> take();

 private:
  struct Job {
    Work work;
    std::string title;
  };
  void loop(const std::stop_token& stop);
  bool report(const std::string& title, double share);

  OpenModelFunction open_model_;
  std::function<void()> wake_;
  std::optional<Work> current_;  // of the owner's thread alone

  std::mutex mutex_;
  std::condition_variable_any waiting_;
  std::optional<Job> next_;
  std::optional<WorkResult> result_;
  std::optional<act::Progress> progress_;
  std::atomic<bool> cancelled_ = false;
  std::chrono::steady_clock::time_point began_, told_;  // of the worker's thread alone
  std::jthread thread_;                                 // last: it uses all of the above
};

}  // namespace kv::app
