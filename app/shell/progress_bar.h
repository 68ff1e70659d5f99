// A bar on stderr for work that takes longer than a second, on a terminal only.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace kv::app {

class ProgressBar {
 public:
  explicit ProgressBar(std::string label);
  ~ProgressBar();  // leaves the line clean
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `share` of the whole, 0 to 1. Returns false once Ctrl-C was pressed.
  bool update(double share);

  // The part [begin, end] of this bar as a callback that takes 0 to 1.
  std::function<bool(double)> part(double begin, double end);

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_;
  bool on_terminal_;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

}  // namespace kv::app
