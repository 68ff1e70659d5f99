// Where a desktop program keeps what is a person's own.
#pragma once

#include <string>

#include "core/base/error.h"

namespace kv::app {

// XDG_CONFIG_HOME/kvscope and XDG_DATA_HOME/kvscope, with the standard's defaults; empty where
// there is no home either.
std::string config_folder();
std::string data_folder();

// The folder of `path` and those above it, made where they are missing.
core::Status make_folder_for(const std::string& path);

// What could not be read is kept under another name, so that saving does not lose it: the same with
// ".unread" at its end. Nothing where there is nothing.
void set_aside(const std::string& path);

}  // namespace kv::app
