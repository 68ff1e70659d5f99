#include "core/text/tokenizer_json.h"

#include <algorithm>
#include <set>

#include "core/base/strict_json.h"
#include "core/text/json_place.h"
#include "core/text/model_json.h"
#include "core/text/pipeline_json.h"

namespace kv::core {
namespace {

constexpr JsonLimits limits{std::size_t{64} << 20, 32};
constexpr std::size_t longest_added = std::size_t{1} << 20;  // bytes of all added tokens together

Status read_flag(const JsonPlace& token, std::string_view key, bool otherwise, bool& out) {
  const auto flag = token[key].flag(otherwise);
  if (!flag) return flag.error();
  out = *flag;
  return {};
}

Result<AddedToken> read_added_token(const JsonPlace& place, int id_limit) {
  if (!place.object()) return place.complain("an object");
  AddedToken token;
  const auto id = place["id"].integer(id_limit);
  if (!id) return id.error();
  token.id = *id;
  auto content = place["content"].text();
  if (!content) return content.error();
  token.content = std::move(*content);
  if (token.content.empty() || token.content.size() > Vocabulary::longest_text)
    return place["content"].complain("1 to " + std::to_string(Vocabulary::longest_text) + " bytes");
  if (auto error = read_flag(place, "special", false, token.special)) return *error;
  if (auto error = read_flag(place, "single_word", false, token.single_word)) return *error;
  if (auto error = read_flag(place, "lstrip", false, token.lstrip)) return *error;
  if (auto error = read_flag(place, "rstrip", false, token.rstrip)) return *error;
  if (auto error = read_flag(place, "normalized", !token.special, token.normalized)) return *error;
  return token;
}

Result<std::vector<AddedToken>> read_added_tokens(const JsonPlace& list, int id_limit) {
  std::vector<AddedToken> tokens;
  if (list.absent()) return tokens;
  if (!list.array()) return list.complain("an array of added tokens");
  std::set<Token> ids;
  std::set<std::string> contents;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < list.value().size(); ++i) {
    const JsonPlace place = list.element(i);
    auto token = read_added_token(place, id_limit);
    if (!token) return token.error();
    if (!ids.insert(token->id).second) return place["id"].complain("each id once");
    if (!contents.insert(token->content).second)
      return place["content"].complain("each added token once");
    bytes += token->content.size();
    if (bytes > longest_added)
      return list.complain("at most " + std::to_string(longest_added) +
                           " bytes of added tokens together");
    tokens.push_back(std::move(*token));
  }
  return tokens;
}

// An added token may repeat one of the model's, with the same id; otherwise both id and content
// have to be its own.
Status check_against_model(const JsonPlace& root, const std::vector<AddedToken>& tokens,
                           const Vocabulary& vocabulary) {
  const JsonPlace vocab = root["model"]["vocab"];
  const JsonPlace list = root["added_tokens"];
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const AddedToken& token = tokens[i];
    if (const JsonPlace same = vocab[token.content]; !same.absent()) {
      if (same.value() != token.id)
        return list.element(i)["id"].complain("the id of the same token in model.vocab, " +
                                              same.value().dump());
    } else if (vocabulary.contains(token.id)) {
      return list.element(i)["id"].complain("an id that model.vocab does not use");
    }
  }
  return {};
}

// Hands the tokens to the two finders and enters them into the vocabulary.
Status install(std::vector<AddedToken> tokens, TokenizerParts& parts) {
  std::vector<AddedToken> by_stage[2];
  std::vector<std::string> searched[2];
  parts.normalized.resize(static_cast<std::size_t>(parts.vocabulary.size()));
  for (AddedToken& token : tokens) {
    parts.vocabulary.set(token.id, token.content, TokenKind::added, token.special);
    parts.normalized[static_cast<std::size_t>(token.id)] = token.normalized;
    const std::size_t stage = token.normalized ? 1 : 0;
    searched[stage].push_back(token.normalized ? normalize(parts.pipeline, token.content)
                                               : token.content);
    by_stage[stage].push_back(std::move(token));
  }
  auto raw = AddedTokenFinder::make(std::move(by_stage[0]), searched[0]);
  if (!raw) return raw.error();
  auto normalized = AddedTokenFinder::make(std::move(by_stage[1]), searched[1]);
  if (!normalized) return normalized.error();
  parts.raw_tokens = std::move(*raw);
  parts.normalized_tokens = std::move(*normalized);
  return {};
}

Status check_template(const JsonPlace& root, const TokenizerParts& parts) {
  for (const auto* side : {&parts.pipeline.before, &parts.pipeline.after})
    for (const Token id : *side)
      if (!parts.vocabulary.contains(id))
        return input_error(parts.label, root["post_processor"].path(),
                           "the id " + std::to_string(id), "ids of tokens");
  return {};
}

Status check_top(const JsonPlace& root) {
  if (!root.object()) return root.complain("an object");
  if (const JsonPlace version = root["version"]; !version.absent() && version.value() != "1.0")
    return version.complain("\"1.0\"");
  return {};
}

}  // namespace

Result<TokenizerParts> read_tokenizer_json(std::string_view text, const std::string& label,
                                           int vocabulary) {
  const auto tree = parse_strict_json(text, label, limits);
  if (!tree) return tree.error();
  const JsonPlace root(*tree, label);
  if (auto error = check_top(root)) return *error;
  const int id_limit = vocabulary > 0 ? std::min(vocabulary, Vocabulary::limit) : Vocabulary::limit;
  TokenizerParts parts;
  parts.label = label;
  auto pipeline = read_pipeline_json(root);
  if (!pipeline) return pipeline.error();
  parts.pipeline = std::move(*pipeline);
  auto added = read_added_tokens(root["added_tokens"], id_limit);
  if (!added) return added.error();
  int size = 0;
  for (const AddedToken& token : *added) size = std::max(size, token.id + 1);
  auto model = read_model_json(root["model"], parts.pipeline.byte_level, id_limit, size);
  if (!model) return model.error();
  parts.vocabulary = std::move(model->vocabulary);
  parts.model = std::move(model->model);
  if (auto error = check_against_model(root, *added, parts.vocabulary)) return *error;
  if (auto error = install(std::move(*added), parts)) return *error;
  if (auto error = check_template(root, parts)) return *error;
  return parts;
}

}  // namespace kv::core
