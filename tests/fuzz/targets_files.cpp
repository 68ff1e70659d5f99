// What a model's folder holds.
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/strict_json.h"
#include "core/base/utf8.h"
#include "core/files/safetensors_writer.h"
#include "core/files/shard_index.h"
#include "core/model/load_model.h"
#include "core/text/tokenizer.h"
#include "tests/fuzz/complaints.h"
#include "tests/fuzz/targets.h"
#include "tests/support/tiny_models.h"

namespace kv::test {
namespace {

using core::SafetensorsFile;
using core::TensorInfo;
using core::Tokenizer;

constexpr const char* file_name = "model.safetensors";

std::string entry_complaint(const TensorInfo& tensor, std::uint64_t begin) {
  core::Uint128 elements = 1;
  if (tensor.name.empty() || tensor.name.size() > 512) return "a name of another length";
  if (tensor.shape.rank > core::TensorShape::max_rank) return "a rank beyond 8";
  for (std::size_t i = 0; i < tensor.shape.rank; ++i) elements *= tensor.shape.sizes[i];
  if (elements != tensor.elements) return "not the product of its shape";
  if (tensor.begin != begin || tensor.end < begin) return "not where the last ended";
  const auto bits = static_cast<core::Uint128>(core::bits_of(tensor.dtype)) * elements;
  if (bits != core::Uint128{tensor.end - begin} * 8) return "not the bytes of its shape";
  return {};
}

// Every tensor lies where the last one ended, and all together fill the file.
std::string layout_complaint(const SafetensorsFile& file, const std::string& bytes) {
  std::uint64_t at = 0;
  std::memcpy(&at, bytes.data(), sizeof at);
  at += sizeof at;
  for (const TensorInfo& tensor : file.tensors) {
    const std::string complaint = entry_complaint(tensor, at);
    if (!complaint.empty()) return core::tensor_in_message(tensor.name) + ": " + complaint;
    at = tensor.end;
  }
  return at == bytes.size() ? "" : "the tensors do not fill the file";
}

std::string names_and_shapes(const SafetensorsFile& file) {
  std::map<std::string, std::string> sorted;  // empty tensors may stand in any order
  for (const TensorInfo& tensor : file.tensors) sorted[tensor.name] = to_string(tensor.shape);
  return nlohmann::json(sorted).dump();
}

// The same names and shapes with zeros, written and opened.
std::string written_again(const SafetensorsFile& file) {
  constexpr std::uint64_t most_elements = 4096;
  const std::vector<float> zeros(most_elements);
  std::vector<core::TensorView> views;
  for (const TensorInfo& tensor : file.tensors) {
    if (tensor.elements > most_elements) return {};
    views.push_back({tensor.name, tensor.shape, std::span(zeros).first(tensor.elements)});
  }
  std::string bytes;
  const auto failed = core::write_safetensors(views, [&](std::span<const std::byte> piece) {
    bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
    return true;
  });
  if (failed) return failed->message;
  const auto again = core::open_safetensors(memory_folder({{file_name, bytes}}), file_name);
  if (!again) return again.error().message;
  return difference(names_and_shapes(file), names_and_shapes(*again));
}

std::string sizes_complaint(const core::ModelConfig& c) {
  if (const auto error = core::validate(c, "config.json")) return error->message;
  if (c.heads % c.kv_heads != 0) return "heads that do not share kv heads";
  if (core::parameter_count(c) == 0 || core::cache_bytes_per_token(c) == 0) return "no sizes";
  for (const core::Token token : c.end_tokens)
    if (token < 0 || token >= c.vocabulary) return "an end outside of the vocabulary";
  return {};
}

constexpr const char* sample =
    "a b abc\n <s>12 <pad> \xE2\x96\x81\xC3\xA9<|end|> It's 2024,  \xE5\xB0\x8F\xF0\x9F\x8D\x84 ";

// What it makes of a text, as text.
std::string used(const Tokenizer& tokenizer) {
  nlohmann::json all = tokenizer.size();
  for (const bool special : {false, true}) {
    const auto ids = tokenizer.encode(sample, special);
    if (!ids) return ids.error().message;
    all = {all, *ids, core::displayable(tokenizer.decode(*ids, special))};
  }
  return all.dump();
}

std::string tokens_complaint(const Tokenizer& tokenizer) {
  if (const auto ids = tokenizer.encode(sample)) {
    for (const core::Token id : *ids)
      if (id < 0 || id >= tokenizer.size()) return "an id outside of the vocabulary";
  } else if (auto complaint = message_complaint(ids.error().message); !complaint.empty()) {
    return complaint;
  }
  for (core::Token id = -1; id <= std::min(tokenizer.size(), 40); ++id) {
    const std::string shown = tokenizer.token_text(id);
    if (core::find_invalid_utf8(shown) != std::string::npos) return "a token that cannot be shown";
    if (shown.find('\n') != std::string::npos) return "a token of two lines";
  }
  return {};
}

}  // namespace

std::string fuzz_safetensors(std::span<const std::uint8_t> bytes) {
  const std::string text = text_of(bytes);
  const auto file = core::open_safetensors(memory_folder({{file_name, text}}), file_name);
  if (!file) return message_complaint(file.error().message);
  if (auto complaint = layout_complaint(*file, text); !complaint.empty()) return complaint;
  return written_again(*file);
}

std::string fuzz_shard_index(std::span<const std::uint8_t> bytes) {
  const auto index = core::parse_shard_index(text_of(bytes), "index.json");
  if (!index) return message_complaint(index.error().message);
  for (const auto& [tensor, shard] : *index)
    if (!core::is_plain_name(shard)) return "a shard that is a path: " + core::quoted(shard);
  const std::string once = nlohmann::json{{"weight_map", *index}}.dump();
  const auto again = core::parse_shard_index(once, "index.json");
  if (!again) return again.error().message;
  return *again == *index ? "" : "another map when read again";
}

std::string fuzz_config(std::span<const std::uint8_t> bytes) {
  const auto config = core::parse_config(text_of(bytes), "config.json");
  if (!config) return message_complaint(config.error().message);
  if (auto complaint = sizes_complaint(*config); !complaint.empty()) return complaint;
  const std::string once = config_json(*config).dump();
  const auto again = core::parse_config(once, "config.json");
  if (!again) return once + ": " + again.error().message;
  return *again == *config ? "" : "other sizes when read again: " + once;
}

std::string fuzz_tokenizer(std::span<const std::uint8_t> bytes) {
  const std::string text = text_of(bytes);
  const auto tokenizer = Tokenizer::parse(text, "tokenizer.json");
  if (!tokenizer) return message_complaint(tokenizer.error().message);
  if (auto complaint = tokens_complaint(*tokenizer); !complaint.empty()) return complaint;
  const int rows = tokenizer->size();
  if (!Tokenizer::parse(text, "tokenizer.json", rows)) return "refused with rows enough";
  if (rows > 1 && Tokenizer::parse(text, "tokenizer.json", rows - 1)) return "ids without rows";
  const auto tree = core::parse_strict_json(text, "tokenizer.json");
  if (!tree) return tree.error().message;
  const auto again = Tokenizer::parse(tree->dump(), "tokenizer.json");
  if (!again) return again.error().message;
  return difference(used(*tokenizer), used(*again));
}

}  // namespace kv::test
