// Ctrl-C, SIGTERM and SIGHUP ask long work to end; the second of them ends the program at once.
#pragma once

namespace kv::app {

void watch_for_interrupt();
bool interrupted();

// What is not to outlive even that: a process with all it started, 0 for none, and a file, null for
// none, whose name is not copied.
void leave_nothing_of(int process, const char* file);

}  // namespace kv::app
