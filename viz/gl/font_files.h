// Where the fonts lie on Debian and Ubuntu, and what is in them.
#pragma once

#include <memory>
#include <string>

#include "core/base/error.h"

namespace kv::gl {

// Whole files, read once; atlases refer to these bytes.
struct FontFiles {
  std::string regular, bold;                  // Inter
  std::string mathematics, mathematics_bold;  // DejaVu Sans: what Inter lacks
  std::string east_asian;                     // Chinese characters and all Hangul
};

// A machine error names the package that is missing.
core::Result<std::shared_ptr<const FontFiles>> read_font_files();

}  // namespace kv::gl
