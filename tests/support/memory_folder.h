// A folder that exists only in memory: what tests of file reading break and read.
#pragma once

#include <map>
#include <string>

#include "core/files/folder.h"

namespace kv::test {

// File name to contents.
using Files = std::map<std::string, std::string>;

// Behaves as a folder on disk does, errors included. The files are copied once and shared by all
// copies of the folder.
core::Folder memory_folder(Files files, std::string label = "folder");

}  // namespace kv::test
