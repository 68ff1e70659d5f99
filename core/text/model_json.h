// The "model" of a tokenizer.json: vocabulary and merges of a BPE.
#pragma once

#include "core/base/error.h"
#include "core/text/bpe.h"
#include "core/text/json_place.h"
#include "core/text/vocabulary.h"

namespace kv::core {

struct ModelJson {
  Vocabulary vocabulary;  // the model's own tokens, with room for ids below `size`
  BpeModel model;
};

// `byte_level` is what the pre_tokenizer says; ids must lie below `id_limit`, and the vocabulary
// gets room for at least `size` of them.
Result<ModelJson> read_model_json(const JsonPlace& place, bool byte_level, int id_limit, int size);

}  // namespace kv::core
