#include "app/shell/open_model.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/shell/disk_folder.h"
#include "app/shell/memory.h"
#include "app/shell/progress_bar.h"
#include "app/shell/text_table.h"
#include "app/shell/thread_pool.h"
#include "core/model/load_model.h"
#include "core/model/random_model.h"

namespace kv::app {
namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;
using core::Result;

constexpr const char* tokenizer_file = "tokenizer.json";
constexpr std::uint64_t tokenizer_limit = std::uint64_t{64} << 20;

fs::path models_folder() { return fs::path(KVSCOPE_SOURCE_DIR) / "assets" / "models"; }

// More would wait for each other at the disk, or at the memory.
int reading_threads() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 4U));
}

Result<core::Folder> folder_of(const std::string& name) {
  if (const auto built_in = built_in_folder(name)) return disk_folder(*built_in);
  std::error_code ignored;
  if (fs::is_directory(name, ignored)) return disk_folder(name);
  std::string names;
  for (const auto& known : built_in_models()) names += known + ", ";
  return core::input_error(core::quoted(name, 200), "", "no such folder",
                           "a model folder, " + names + "or random:...");
}

Result<core::Tokenizer> tokenizer_in(const core::Folder& folder, int vocabulary) {
  const auto text = core::read_text(folder, tokenizer_file, tokenizer_limit);
  if (!text) return text.error();
  return core::Tokenizer::parse(*text, core::path_in(folder, tokenizer_file), vocabulary);
}

Result<std::optional<core::Tokenizer>> tokenizer_if_any(const core::Folder& folder,
                                                        int vocabulary) {
  std::optional<core::Tokenizer> none;
  if (!folder.has(tokenizer_file)) return none;
  auto tokenizer = tokenizer_in(folder, vocabulary);
  if (!tokenizer) return tokenizer.error();
  return std::optional(*std::move(tokenizer));
}

}  // namespace

std::vector<std::string> built_in_models() {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(models_folder(), ignored))
    if (fs::exists(entry.path() / "config.json", ignored))
      names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::optional<std::string> built_in_folder(const std::string& name) {
  const auto built_in = built_in_models();
  if (std::ranges::find(built_in, name) == built_in.end()) return {};
  return (models_folder() / name).string();
}

Result<ModelSource> open_source(const std::string& name) {
  auto config = open_config(name);
  if (!config) return config.error();
  ModelSource source{name, *std::move(config), {}};
  if (core::is_random_model(name)) return source;
  const auto folder = folder_of(name);
  if (!folder) return folder.error();
  auto tokenizer = tokenizer_if_any(*folder, source.config.vocabulary);
  if (!tokenizer) return tokenizer.error();
  source.tokenizer = *std::move(tokenizer);
  return source;
}

Result<OpenedModel> load_weights(ModelSource source) {
  ProgressBar bar("reading " + printable_text(source.name));
  return load_weights(std::move(source), bar.part(0, 1));
}

Result<OpenedModel> load_weights(ModelSource source, const std::function<bool(double)>& progress) {
  const std::uint64_t memory = available_memory_bytes();
  if (core::is_random_model(source.name)) {
    const auto spec = core::parse_random_model(source.name);
    if (!spec) return spec.error();
    auto model = core::make_random_model(*spec, source.name, memory, progress);
    if (!model) return model.error();
    return OpenedModel{*std::move(model), {}};
  }
  const auto folder = folder_of(source.name);
  if (!folder) return folder.error();
  ThreadPool pool(reading_threads());
  auto model = core::load_model(*folder, {.name = source.name,
                                          .memory_limit_bytes = memory,
                                          .progress = progress,
                                          .parallel = &pool});
  if (!model) return model.error();
  return OpenedModel{*std::move(model), std::move(source.tokenizer)};
}

Result<OpenedModel> open_model(const std::string& name) {
  auto source = open_source(name);
  if (!source) return source.error();
  return load_weights(*std::move(source));
}

Result<CheckedModel> check_model_at(const std::string& name) {
  const auto folder = folder_of(name);
  if (!folder) return folder.error();
  const auto config = core::check_model(*folder);
  if (!config) return config.error();
  auto tokenizer = tokenizer_if_any(*folder, config->vocabulary);
  if (!tokenizer) return tokenizer.error();
  return CheckedModel{*config, *std::move(tokenizer)};
}

Result<core::ModelConfig> open_config(const std::string& name) {
  if (core::is_random_model(name)) {
    const auto spec = core::parse_random_model(name);
    if (!spec) return spec.error();
    return spec->config;
  }
  const auto folder = folder_of(name);
  if (!folder) return folder.error();
  return core::load_config(*folder);
}

Result<core::Tokenizer> open_tokenizer(const std::string& name) {
  const auto folder = folder_of(name);
  if (!folder) return folder.error();
  return tokenizer_in(*folder, 0);
}

Result<std::vector<core::Token>> encode_prompt(const ModelSource& source, const std::string& text) {
  if (!source.tokenizer)
    return Error{ErrorKind::usage, "prompt: " + core::quoted(source.name) + " has no " +
                                       tokenizer_file + ", give --tokens instead"};
  return source.tokenizer->encode(text);
}

}  // namespace kv::app
