// Settings in the folder for configuration, remembered from one start to the next.
#pragma once

#include <string>

#include "app/logic/session.h"

namespace kv::app {

std::string settings_path();  // empty where there is no folder for it

// What was remembered. A missing file is none; a broken one is an input error.
core::Result<Settings> load_settings();
core::Status save_settings(const Settings& settings);

}  // namespace kv::app
