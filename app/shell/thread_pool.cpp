#include "app/shell/thread_pool.h"

namespace kv::app {

ThreadPool::ThreadPool(int threads) {
  for (int part = 1; part < threads; ++part) threads_.emplace_back([this, part] { work(part); });
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
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return busy_ == 0; });
}

void ThreadPool::work(int part) {
  unsigned seen = 0;
  for (;;) {
    std::unique_lock lock(mutex_);
    start_.wait(lock, [&] { return ending_ || round_ != seen; });
    if (ending_) return;
    seen = round_;
    const auto job = job_;
    void* const context = context_;
    lock.unlock();
    job(context, part);
    lock.lock();
    if (--busy_ == 0) done_.notify_one();
  }
}

}  // namespace kv::app
