#include "app/shell/interrupt.h"

#include <csignal>

namespace kv::app {
namespace {

// A signal handler has nothing else it may write to.
volatile std::sig_atomic_t interrupt_seen = 0;

}  // namespace

void watch_for_interrupt() {
  struct sigaction action = {};
  action.sa_handler = [](int) { interrupt_seen = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return interrupt_seen != 0; }

}  // namespace kv::app
