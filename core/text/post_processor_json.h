// The post_processor of a tokenizer.json: the tokens put before and after a text.
#pragma once

#include <vector>

#include "core/base/error.h"
#include "core/text/json_place.h"
#include "core/text/pipeline.h"

namespace kv::core {

// Sets `before` and `after` of the pipeline. Of templates the one for a single text is used;
// whether its ids are tokens is for the caller to check.
Status read_post_processors(const std::vector<JsonPlace>& processors, Pipeline& pipeline);

}  // namespace kv::core
