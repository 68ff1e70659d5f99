#include "app/shell/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/shell/interrupt.h"

namespace kv::app {
namespace {

constexpr int cells = 30;
constexpr auto silence = std::chrono::seconds(1);
constexpr auto between = std::chrono::milliseconds(100);

}  // namespace

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

bool ProgressBar::update(double share) {
  const auto now = Clock::now();
  if (on_terminal_ && now - start_ >= silence && now - last_ >= between) {
    const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * cells);
    const std::string bar = std::string(static_cast<std::size_t>(full), '#') +
                            std::string(static_cast<std::size_t>(cells - full), '.');
    std::fprintf(stderr, "\r%s [%s] %d%%", label_.c_str(), bar.c_str(),
                 static_cast<int>(share * 100));
    std::fflush(stderr);
    shown_ = true;
    last_ = now;
  }
  return !interrupted();
}

std::function<bool(double)> ProgressBar::part(double begin, double end) {
  return [this, begin, end](double share) { return update(begin + (end - begin) * share); };
}

}  // namespace kv::app
