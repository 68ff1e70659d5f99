// The command line: one program, a command, its options, an exit code.
#pragma once

namespace kv::app {

// Exit codes: 0 done, 1 internal failure, 2 wrong usage, 3 this machine cannot, 4 bad input file,
// 130 interrupted. Every failure is one line on stderr.
int run_command_line(int argc, const char* const* argv);

}  // namespace kv::app
