#include "app/shell/resources.h"

namespace kv::app {

std::string shader_folder() { return std::string(KVSCOPE_SOURCE_DIR) + "/shaders"; }

}  // namespace kv::app
