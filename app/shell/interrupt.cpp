#include "app/shell/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace kv::app {
namespace {

// A signal handler has little else it may touch.
volatile sig_atomic_t interrupt_seen = 0;
std::atomic<int> helper = 0;
std::atomic<const char*> unfinished = nullptr;
static_assert(decltype(helper)::is_always_lock_free && decltype(unfinished)::is_always_lock_free);

void on_signal(int number) {
  if (interrupt_seen == 0) {
    interrupt_seen = 1;
    return;
  }
  if (const int process = helper; process > 0) kill(-process, SIGKILL);
  if (const char* const file = unfinished) unlink(file);
  signal(number, SIG_DFL);
  raise(number);
}

}  // namespace

void watch_for_interrupt() {
  struct sigaction action = {};
  action.sa_handler = on_signal;  // without SA_RESTART, so that waiting ends too
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // nohup ignores it so that the program outlives its terminal.
  struct sigaction before = {};
  sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
}

bool interrupted() { return interrupt_seen != 0; }

void leave_nothing_of(int process, const char* file) {
  helper = process;
  unfinished = file;
}

}  // namespace kv::app
