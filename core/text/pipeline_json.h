// The parts of a tokenizer.json that say what happens around the model.
#pragma once

#include "core/base/error.h"
#include "core/text/json_place.h"
#include "core/text/pipeline.h"

namespace kv::core {

// Reads normalizer, pre_tokenizer and post_processor of the file at `root`, and checks that its
// decoder is one that undoes them. Everything unknown is refused by name.
Result<Pipeline> read_pipeline_json(const JsonPlace& root);

}  // namespace kv::core
