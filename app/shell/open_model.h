// What stands behind --model: a built-in name, a random: description, or a folder.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/model/model.h"
#include "core/text/tokenizer.h"

namespace kv::app {

// Everything of a model but its weights: enough to make tokens and to judge a request.
struct ModelSource {
  std::string name;  // as given
  core::ModelConfig config;
  std::optional<core::Tokenizer> tokenizer;  // where the folder has a tokenizer.json
};

struct OpenedModel {
  std::shared_ptr<const core::Model> model;
  std::optional<core::Tokenizer> tokenizer;
};

// Names of the models that come with the program, in alphabetical order.
std::vector<std::string> built_in_models();
// The folder of one of them; nothing for any other name.
std::optional<std::string> built_in_folder(const std::string& name);

core::Result<ModelSource> open_source(const std::string& name);

// Reads the weights, with progress on stderr when it takes long; an interrupted load is an error.
core::Result<OpenedModel> load_weights(ModelSource source);

// The same with the progress told to whoever asked: 0 to 1; returning false abandons it.
core::Result<OpenedModel> load_weights(ModelSource source,
                                       const std::function<bool(double)>& progress);

// Both in one.
core::Result<OpenedModel> open_model(const std::string& name);

// The sizes alone, without reading weights.
core::Result<core::ModelConfig> open_config(const std::string& name);

struct CheckedModel {
  core::ModelConfig config;
  std::optional<core::Tokenizer> tokenizer;
};

// Every byte of the folder's model read and judged, nothing kept.
core::Result<CheckedModel> check_model_at(const std::string& name);

// The tokenizer alone; the folder needs nothing but tokenizer.json.
core::Result<core::Tokenizer> open_tokenizer(const std::string& name);

// The ids of `text`, or why the model has no tokenizer to make them.
core::Result<std::vector<core::Token>> encode_prompt(const ModelSource& source,
                                                     const std::string& text);

}  // namespace kv::app
