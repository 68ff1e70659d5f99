// The worker's thread: results come, jobs can be cancelled, and it ends with its owner.
#include "app/shell/window/worker.h"

#include <gtest/gtest.h>

#include <semaphore>

#include "app/shell/window_model.h"

namespace kv::test {
namespace {

using namespace kv::app;

core::Result<OpenModel> open(const std::string& name, const std::function<bool(double)>& progress) {
  return open_for_window(name, scene::Language::en, progress);
}

// A worker and the state it works for, as the window's loop drives them.
class WorkerTest : public testing::Test {
 protected:
  void until_idle(Worker& worker) {
    for (int round = 0; round < 10000; ++round) {
      for (const Action& action : worker.take()) state_ = update(std::move(state_), action);
      if (!worker.current()) {
        auto next = next_work(state_);
        if (!next) return;
        worker.start(*std::move(next), "work");
      }
      woken_.try_acquire_for(std::chrono::milliseconds(50));
    }
    FAIL() << "it never came to rest";
  }
  std::counting_semaphore<1 << 20> woken_{0};
  AppState state_ = initial_state({});
};

TEST_F(WorkerTest, LoadsAndExtendsAsPerformingInPlaceDoes) {
  Worker worker(open, [this] { woken_.release(); });
  state_ = update(std::move(state_), act::LoadModel{"random:width=32"});
  until_idle(worker);
  for (int i = 0; i < 5; ++i) {
    state_ = update(std::move(state_), act::Do{Command::next_token});
    until_idle(worker);
  }
  core::Workspace workspace;
  WorkTools tools{.workspace = workspace, .parallel = nullptr, .open_model = open, .progress = {}};
  AppState other = settle(update(initial_state({}), act::LoadModel{"random:width=32"}), tools);
  for (int i = 0; i < 5; ++i)
    other = settle(update(std::move(other), act::Do{Command::next_token}), tools);
  ASSERT_TRUE(state_.now.run);
  EXPECT_EQ(core::tokens_of(*state_.now.run), core::tokens_of(*other.now.run));
}

TEST_F(WorkerTest, CancelEndsALongJob) {
  std::binary_semaphore begun{0};
  Worker worker(
      [&](const std::string&,
          const std::function<bool(double)>& progress) -> core::Result<OpenModel> {
        begun.release();
        while (progress(0.5)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return core::Error{core::ErrorKind::internal, "abandoned"};
      },
      [this] { woken_.release(); });
  worker.start({.job = job::Load{"endless"}}, "endless");
  begun.acquire();
  // Long work tells how far it is.
  ASSERT_TRUE(woken_.try_acquire_for(std::chrono::seconds(10)));
  auto actions = worker.take();
  ASSERT_FALSE(actions.empty());
  EXPECT_EQ(std::get<act::Progress>(actions[0]).title, "endless");
  EXPECT_TRUE(worker.current());
  worker.cancel();
  while (worker.current()) {
    woken_.try_acquire_for(std::chrono::milliseconds(50));
    actions = worker.take();
  }
  EXPECT_TRUE(std::get<act::Finished>(actions.back()).result.error);
}

TEST_F(WorkerTest, EndsInTheMiddleOfAJob) {
  std::binary_semaphore begun{0};
  {
    Worker worker(
        [&](const std::string&,
            const std::function<bool(double)>& progress) -> core::Result<OpenModel> {
          begun.release();
          while (progress(0.5)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
          return core::Error{core::ErrorKind::internal, "abandoned"};
        },
        [] {});
    worker.start({.job = job::Load{"endless"}}, "endless");
    begun.acquire();
  }
  SUCCEED();
}

}  // namespace
}  // namespace kv::test
