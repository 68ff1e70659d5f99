// A folder on disk, as core reads it.
#pragma once

#include <string>

#include "core/files/folder.h"

namespace kv::app {

// Opens nothing yet. Symbolic links are followed (caches of downloads are made of them); only
// regular files are read, and a pipe or a device never blocks. size() opens a file anew, read()
// goes on with the file that size() saw even if another has taken its name since. May be used from
// several threads. The label is `path`, with bytes that no message can show escaped.
core::Folder disk_folder(std::string path);

}  // namespace kv::app
