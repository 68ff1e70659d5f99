#include "tests/support/expected_values.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/shell/disk_folder.h"
#include "core/files/safetensors.h"

namespace kv::test {

namespace fs = std::filesystem;

std::string fixture_path(const std::string& model) {
  return (fs::path(KVSCOPE_FIXTURES) / "models" / model).string();
}

std::vector<std::string> fixture_models() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(KVSCOPE_FIXTURES) / "models"))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

Expected read_expected(const std::string& model) {
  Expected out;
  std::ifstream file(fs::path(fixture_path(model)) / "expected.json");
  const auto json = nlohmann::json::parse(file);
  out.prompt = json.at("prompt_tokens").get<std::vector<core::Token>>();
  out.tokens = json.at("tokens").get<std::vector<core::Token>>();

  const core::Folder folder = app::disk_folder(fixture_path(model));
  const auto tensors = core::open_safetensors(folder, "expected.safetensors");
  if (!tensors) throw std::runtime_error(tensors.error().message);
  for (const auto& info : tensors->tensors) {
    std::vector<double> values(info.elements);
    if (auto error = folder.read("expected.safetensors", info.begin,
                                 std::as_writable_bytes(std::span(values))))
      throw std::runtime_error(error->message);
    out.tensors.emplace(info.name, std::move(values));
  }
  return out;
}

}  // namespace kv::test
