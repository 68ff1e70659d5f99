#include "app/shell/thread_pool.h"

#include <chrono>
#include <system_error>

namespace kv::app {
namespace {

constexpr std::chrono::microseconds awake{30};  // about what it takes to wake a thread

// Whether it came true while there was still no need to sleep.
template <class Condition>
bool comes_soon(Condition&& condition) {
  const auto end = std::chrono::steady_clock::now() + awake;
  do {
    for (int i = 0; i < 64; ++i)
      if (condition()) return true;
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

}  // namespace

ThreadPool::ThreadPool(int threads) {
  try {
    for (int part = 1; part < threads; ++part) threads_.emplace_back([this, part] { work(part); });
  } catch (const std::system_error&) {
    // The system gives no more of them: those there are share the work.
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  start_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void ThreadPool::run(void (*job)(void*, int), void* context) {
  {
    const std::lock_guard lock(mutex_);
    job_ = job;
    context_ = context;
    busy_ = static_cast<int>(threads_.size());
    ++round_;
  }
  start_.notify_all();
  job(context, 0);
  const auto done = [this] { return busy_ == 0; };
  if (comes_soon(done)) return;
  std::unique_lock lock(mutex_);
  done_.wait(lock, done);
}

void ThreadPool::work(int part) {
  unsigned seen = 0;
  const auto called = [&] { return ending_ || round_ != seen; };
  for (;;) {
    if (!comes_soon(called)) {
      std::unique_lock lock(mutex_);
      start_.wait(lock, called);
    }
    if (ending_) return;
    // Job and context were written before the round was, and stay until all are done.
    seen = round_;
    job_(context_, part);
    if (--busy_ > 0) continue;
    // Whoever sleeps by now has looked at `busy_` with the mutex held.
    const std::lock_guard lock(mutex_);
    done_.notify_one();
  }
}

}  // namespace kv::app
