#include "app/shell/command_line.h"

int main(int argc, char** argv) { return kv::app::run_command_line(argc, argv); }
