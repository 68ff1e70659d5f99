#include "app/shell/built_in_prompts.h"

#include <algorithm>

#include "app/shell/open_model.h"
#include "app/shell/read_path.h"
#include "core/base/strict_json.h"

namespace kv::app {

std::vector<BuiltInPrompt> built_in_prompts(const std::string& model) {
  std::vector<BuiltInPrompt> prompts;
  const auto folder = built_in_folder(model);
  if (!folder) return prompts;
  const std::string path = *folder + "/prompts.json";
  const auto text = read_path(path, std::uint64_t{1} << 20);
  if (!text) return prompts;
  const auto json = core::parse_strict_json(*text, path);
  if (!json || !json->is_object() || !json->contains("prompts")) return prompts;
  for (const auto& entry : (*json)["prompts"]) {
    if (!entry.is_object() || !entry.contains("prompt") || !entry["prompt"].is_string()) continue;
    const std::string code = entry.value("language", "en");
    const auto language = std::ranges::find_if(
        scene::languages, [&](scene::Language l) { return code == scene::code_of(l); });
    if (language == scene::languages.end()) continue;
    prompts.push_back({*language, entry["prompt"].get<std::string>()});
  }
  return prompts;
}

std::string first_prompt(const std::string& model, scene::Language language) {
  const auto prompts = built_in_prompts(model);
  if (prompts.empty()) return {};
  const auto found = std::ranges::find(prompts, language, &BuiltInPrompt::language);
  return found == prompts.end() ? prompts.front().text : found->text;
}

}  // namespace kv::app
