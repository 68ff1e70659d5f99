// A model that is open.
#pragma once

#include <memory>
#include <string>

#include "core/model/model.h"
#include "core/text/tokenizer.h"

namespace kv::app {

// Its weights, and its tokenizer where the folder has one.
struct OpenModel {
  std::string name;  // as --model takes it: built-in name, random:..., folder
  std::shared_ptr<const core::Model> model;
  std::shared_ptr<const core::Tokenizer> tokenizer;  // may be null
  std::string default_prompt;                        // what to begin with; may be empty
};

}  // namespace kv::app
