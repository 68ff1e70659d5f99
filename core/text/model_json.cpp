#include "core/text/model_json.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/utf8.h"
#include "core/text/byte_level.h"

namespace kv::core {
namespace {

using Object = nlohmann::json::object_t;

// Ids by name, as the file has them; the names are views into the JSON tree.
using Names = std::unordered_map<std::string_view, Token>;

std::string byte_token_name(int byte) {
  static constexpr char hex[] = "0123456789ABCDEF";
  return {'<', '0', 'x', hex[byte >> 4], hex[byte & 15], '>'};
}

Status check_options(const JsonPlace& place) {
  // The oldest files do not say which model they hold.
  if (const JsonPlace type = place["type"]; !type.absent()) {
    const auto name = type.text();
    if (!name) return name.error();
    if (*name != "BPE") return type.complain("\"BPE\" (other models are not supported)");
  }
  if (const JsonPlace dropout = place["dropout"]; !dropout.absent())
    if (!dropout.value().is_number() || dropout.value().get<double>() != 0)
      return dropout.complain("null (merges are not left out at random)");
  for (const char* key : {"continuing_subword_prefix", "end_of_word_suffix"})
    if (const JsonPlace affix = place[key]; !affix.absent() && affix.value() != "")
      return affix.complain("null or an empty string");
  return {};
}

Result<Names> read_names(const JsonPlace& vocab, int id_limit) {
  if (!vocab.object() || vocab.value().empty() ||
      vocab.value().size() > static_cast<std::size_t>(Vocabulary::limit))
    return vocab.complain("an object of 1 to " + std::to_string(Vocabulary::limit) + " tokens");
  Names names;
  names.reserve(vocab.value().size());
  std::vector<bool> used(static_cast<std::size_t>(id_limit));
  for (const auto& entry : vocab.value().get_ref<const Object&>()) {
    const std::string& name = entry.first;
    if (name.size() > Vocabulary::longest_text)
      return vocab[name].complain("tokens of at most " + std::to_string(Vocabulary::longest_text) +
                                  " bytes");
    const auto id = vocab[name].integer(id_limit);
    if (!id) return id.error();
    if (used[static_cast<std::size_t>(*id)]) return vocab[name].complain("an id of its own");
    used[static_cast<std::size_t>(*id)] = true;
    names.emplace(name, *id);
  }
  return names;
}

// The two parts of one merge, either as a pair or as "left right".
Result<std::pair<std::string_view, std::string_view>> read_parts(const JsonPlace& merge) {
  static constexpr const char* expected = "a pair of strings or two tokens with a space between";
  const auto& value = merge.value();
  if (value.is_string()) {
    const std::string_view text = value.get_ref<const std::string&>();
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || text.find(' ', space + 1) != std::string_view::npos)
      return merge.complain(expected);
    return std::pair(text.substr(0, space), text.substr(space + 1));
  }
  if (!value.is_array() || value.size() != 2 || !value[0].is_string() || !value[1].is_string())
    return merge.complain(expected);
  return std::pair(std::string_view(value[0].get_ref<const std::string&>()),
                   std::string_view(value[1].get_ref<const std::string&>()));
}

bool is_version_line(const nlohmann::json& merge) {
  return merge.is_string() && merge.get_ref<const std::string&>().starts_with("#version");
}

// Reads the merges one by one against the names.
class MergeReader {
 public:
  MergeReader(const Names& names, const std::vector<Token>& byte_tokens)
      : names_(names), byte_tokens_(byte_tokens) {}

  Status read(const JsonPlace& merge, MergeTable& table) {
    const auto parts = read_parts(merge);
    if (!parts) return parts.error();
    const auto& [left, right] = *parts;
    if (left.empty() || right.empty()) return merge.complain("two parts that are not empty");
    result_.assign(left).append(right);
    Merge rule;
    for (const auto& [name, id] : {std::pair(left, &rule.left), std::pair(right, &rule.right),
                                   std::pair(std::string_view(result_), &rule.result)}) {
      const auto found = names_.find(name);
      if (found == names_.end())
        return merge.complain("parts that are tokens (" + core::quoted(name, 40) + " is none)");
      *id = found->second;
    }
    // Text that spells such a name would come back as the byte.
    if (std::find(byte_tokens_.begin(), byte_tokens_.end(), rule.result) != byte_tokens_.end())
      return merge.complain("a result that is not the token of a byte");
    if (!table.add(rule)) return merge.complain("each pair only once");
    return {};
  }

 private:
  const Names& names_;
  const std::vector<Token>& byte_tokens_;
  std::string result_;
};

Status read_merges(const JsonPlace& merges, const Names& names,
                   const std::vector<Token>& byte_tokens, MergeTable& table) {
  if (!merges.array()) return merges.complain("an array of merges");
  MergeReader reader(names, byte_tokens);
  const auto& list = merges.value();
  for (std::size_t i = 0; i < list.size(); ++i) {
    // A line of merges.txt that conversions carried along; it has no rank.
    if (is_version_line(list[i])) continue;
    if (list[i].is_string() != list[0].is_string())
      return merges.element(i).complain("merges all spelled alike");
    if (auto error = reader.read(merges.element(i), table)) return error;
  }
  return {};
}

Status read_flags(const JsonPlace& place, BpeModel& model) {
  const auto byte_fallback = place["byte_fallback"].flag(false);
  if (!byte_fallback) return byte_fallback.error();
  const auto fuse = place["fuse_unk"].flag(false);
  if (!fuse) return fuse.error();
  const auto ignore = place["ignore_merges"].flag(false);
  if (!ignore) return ignore.error();
  model.byte_fallback = *byte_fallback;
  model.fuse_unknown = *fuse;
  model.ignore_merges = *ignore;
  return {};
}

// The token of each byte, by the name it has in this sort of model.
void find_byte_tokens(const Names& names, BpeModel& model) {
  for (int byte = 0; byte < 256; ++byte) {
    std::string name;
    if (model.byte_level) {
      append_utf8(name, letter_of_byte(static_cast<unsigned char>(byte)));
    } else {
      name = byte_token_name(byte);
    }
    const auto found = names.find(name);
    const bool used = model.byte_level || model.byte_fallback;
    model.byte_tokens[static_cast<std::size_t>(byte)] =
        used && found != names.end() ? found->second : BpeScratch::no_token;
  }
}

Status read_unknown(const JsonPlace& unknown, const Names& names, BpeModel& model) {
  if (unknown.absent()) return {};
  const auto name = unknown.text();
  if (!name) return name.error();
  const auto found = names.find(*name);
  if (found == names.end()) return unknown.complain("a token of model.vocab");
  model.unknown = found->second;
  return {};
}

// Texts by id, and the tokens that encoding looks up by text.
void fill_vocabulary(const Names& names, ModelJson& read) {
  BpeModel& model = read.model;
  for (const auto& [name, id] : names) {
    std::string text(name);
    bool reachable = true;  // whether a text can hold it
    if (model.byte_level) {
      auto bytes = bytes_of_letters(name);
      reachable = bytes.has_value();
      if (bytes) text = std::move(*bytes);
    }
    read.vocabulary.set(id, text, TokenKind::piece);
    const bool single = !model.byte_level && !text.empty() && utf8_length(text) == text.size();
    if (reachable && (single || model.ignore_merges)) model.tokens.emplace(std::move(text), id);
  }
  if (model.byte_level) return;
  for (int byte = 0; byte < 256; ++byte) {
    const Token id = model.byte_tokens[static_cast<std::size_t>(byte)];
    const char text = static_cast<char>(byte);
    if (id != BpeScratch::no_token) read.vocabulary.set(id, {&text, 1}, TokenKind::byte);
  }
}

}  // namespace

Result<ModelJson> read_model_json(const JsonPlace& place, bool byte_level, int id_limit, int size) {
  if (!place.object()) return place.complain("an object");
  if (auto error = check_options(place)) return *error;
  const auto names = read_names(place["vocab"], id_limit);
  if (!names) return names.error();
  for (const auto& entry : *names) size = std::max(size, entry.second + 1);
  ModelJson read{Vocabulary(size), {}};
  read.model.byte_level = byte_level;
  if (auto error = read_flags(place, read.model)) return *error;
  if (auto error = read_unknown(place["unk_token"], *names, read.model)) return *error;
  find_byte_tokens(*names, read.model);
  const auto& bytes = read.model.byte_tokens;
  if (byte_level && read.model.byte_fallback) {
    // With every letter there it is never needed; otherwise it would spell letters, not bytes.
    if (std::find(bytes.begin(), bytes.end(), BpeScratch::no_token) != bytes.end())
      return place["byte_fallback"].complain("false, or all 256 byte letters in model.vocab");
    read.model.byte_fallback = false;
  }
  std::vector<Token> fallback;
  if (read.model.byte_fallback) fallback.assign(bytes.begin(), bytes.end());
  if (auto error = read_merges(place["merges"], *names, fallback, read.model.merges)) return *error;
  fill_vocabulary(*names, read);
  return read;
}

}  // namespace kv::core
