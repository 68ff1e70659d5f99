// How options are added, and what several commands say of the same one.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "viz/scene/language.h"
#include "viz/scene/palette.h"

namespace kv::app {

inline constexpr const char* model_help =
    "a model folder (config.json, model.safetensors), a built-in name, or random:width=64,layers=2,"
    "heads=4,kv_heads=4,ffn=256,vocab=512,context=4096,seed=1 with any of these";

// An optional whose address CLI11 does not take: it is set when the option is seen.
template <class T>
CLI::Option* add_optional(CLI::App& app, const std::string& name, std::optional<T>& value,
                          const std::string& help) {
  return app.add_option_function<T>(
      name, [&value](const T& given) { value = given; }, help);
}

// One of a few words, each standing for a value.
template <class T>
CLI::Option* add_choice(CLI::App& app, const std::string& name, T& value, const std::string& help,
                        std::map<std::string, T> meanings) {
  std::vector<std::string> words;
  for (const auto& [word, meaning] : meanings) words.push_back(word);
  const auto set = [&value, meanings](const std::string& word) { value = meanings.at(word); };
  return app.add_option_function<std::string>(name, set, help)->check(CLI::IsMember(words));
}

// A language or a theme, or an optional one.
template <class Value>
void add_language(CLI::App& app, Value& language) {
  std::map<std::string, Value> codes;
  for (const scene::Language known : scene::languages) codes.emplace(scene::code_of(known), known);
  add_choice<Value>(app, "--lang", language, "en, ru, zh or ko", codes);
}
template <class Value>
void add_theme(CLI::App& app, Value& theme) {
  add_choice<Value>(app, "--theme", theme, "dark or light",
                    {{"dark", scene::Theme::dark}, {"light", scene::Theme::light}});
}

}  // namespace kv::app
