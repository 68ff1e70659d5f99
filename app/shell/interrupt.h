// Ctrl-C asks long work to end; pressed again it ends the program at once.
#pragma once

namespace kv::app {

void watch_for_interrupt();
bool interrupted();

}  // namespace kv::app
