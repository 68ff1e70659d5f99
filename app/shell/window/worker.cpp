#include "app/shell/window/worker.h"

#include <new>

namespace kv::app {
namespace {

using Clock = std::chrono::steady_clock;
// Short work tells nothing: a line that flashes by helps nobody.
constexpr auto silence = std::chrono::milliseconds(250);
constexpr auto between = std::chrono::milliseconds(100);

// What is too large for this machine ends the work, not the window.
WorkResult performed(const Work& work, WorkTools& tools) {
  try {
    return perform(work, tools);
  } catch (const std::bad_alloc&) {
    tools.workspace = {};
    return {.work = work,
            .error = core::Error{core::ErrorKind::machine, "out of memory; what was open stays open"}};
  }
}

}  // namespace

Worker::Worker(OpenModelFunction open_model, std::function<void()> wake)
    : open_model_(std::move(open_model)),
      wake_(std::move(wake)),
      thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Worker::~Worker() {
  cancelled_ = true;
  thread_.request_stop();
}

void Worker::start(Work work, std::string title) {
  current_ = work;
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = false;
    next_ = Job{std::move(work), std::move(title)};
  }
  waiting_.notify_one();
}

void Worker::cancel() { cancelled_ = true; }

std::vector<Action> Worker::take() {
  std::vector<Action> actions;
  const std::lock_guard lock(mutex_);
  if (progress_) actions.emplace_back(*std::move(progress_));
  progress_.reset();
  if (result_) {
    actions.emplace_back(act::Finished{*std::move(result_)});
    result_.reset();
    current_.reset();
  }
  return actions;
}

bool Worker::report(const std::string& title, double share) {
  const auto now = Clock::now();
  if (now - began_ >= silence && now - told_ >= between) {
    told_ = now;
    {
      const std::lock_guard lock(mutex_);
      progress_ = act::Progress{title, static_cast<float>(share)};
    }
    wake_();
  }
  return !cancelled_;
}

void Worker::loop(const std::stop_token& stop) {
  core::Workspace workspace;
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      if (!waiting_.wait(lock, stop, [this] { return next_.has_value(); })) return;
      job = *std::move(next_);
      next_.reset();
    }
    began_ = told_ = Clock::now();
    WorkTools tools{.workspace = workspace,
                    .open_model = open_model_,
                    .progress = [this, &job](double share) { return report(job.title, share); }};
    WorkResult result = performed(job.work, tools);
    {
      const std::lock_guard lock(mutex_);
      progress_.reset();
      result_ = std::move(result);
    }
    wake_();
  }
}

}  // namespace kv::app
