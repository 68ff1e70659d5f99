// Threads that wait for work and for each other: a few microseconds awake, since the next product of
// a layer follows at once and waking a thread takes as long as a small product, then asleep. A pool
// that goes on spinning loses far more than it gains with another busy program beside it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/parallel.h"

namespace kv::app {

class ThreadPool final : public core::Parallel {
 public:
  static constexpr int most_threads = 64;

  // `threads` in all, the caller's among them; 1 to most_threads. Fewer where the system has no
  // more: parts() says how many.
  explicit ThreadPool(int threads);
  ~ThreadPool() override;

  int parts() const override { return static_cast<int>(threads_.size()) + 1; }
  void run(void (*job)(void* context, int part), void* context) override;

 private:
  void work(int part);

  std::mutex mutex_;
  std::condition_variable start_, done_;
  void (*job_)(void*, int) = nullptr;
  void* context_ = nullptr;
  // Written with the mutex held, read without it by those that are awake.
  std::atomic<unsigned> round_ = 0;
  std::atomic<int> busy_ = 0;
  std::atomic<bool> ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kv::app
