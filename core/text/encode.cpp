#include <algorithm>

#include "core/text/pipeline.h"

namespace kv::core {
namespace {

// `text` with every space replaced by its mark.
std::string mark_spaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == ' ') {
      out += space_mark;
    } else {
      out += c;
    }
  }
  return out;
}

// Cuts before every mark.
void split_at_marks(std::string_view text, std::vector<std::string_view>& pieces) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(space_mark, 1), text.size());
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

bool wants_prefix(PrefixSpace where, bool at_start) {
  return where == PrefixSpace::always || (where == PrefixSpace::first && at_start);
}

class Encoder {
 public:
  Encoder(const TokenizerParts& parts, bool special) : parts_(parts), special_(special) {
    if (special) ids_ = parts.pipeline.before;
  }

  Status encode(std::string_view text) {
    for (const Section& section : parts_.raw_tokens.split(text, special_)) {
      if (section.token) {
        ids_.push_back(section.token->id);
      } else if (auto error = encode_raw(section.text, section.text.data() == text.data())) {
        return error;
      }
    }
    return {};
  }

  std::vector<Token> finish() {
    const auto& after = parts_.pipeline.after;
    if (special_) ids_.insert(ids_.end(), after.begin(), after.end());
    return std::move(ids_);
  }

 private:
  // Text without raw added tokens, not yet normalized.
  Status encode_raw(std::string_view raw, bool at_start) {
    const std::string text = normalize(parts_.pipeline, raw);
    for (const Section& section : parts_.normalized_tokens.split(text, special_)) {
      if (section.token) {
        ids_.push_back(section.token->id);
        continue;
      }
      const bool first = at_start && section.text.data() == text.data();
      if (auto error = encode_section(section.text, first)) return error;
    }
    return {};
  }

  // Normalized text without added tokens.
  Status encode_section(std::string_view section, bool at_start) {
    const Pipeline& pipeline = parts_.pipeline;
    std::string text = pipeline.metaspace ? mark_spaces(section) : std::string(section);
    const std::string_view prefix = pipeline.byte_level ? " " : space_mark;
    if (wants_prefix(pipeline.prefix_space, at_start) && !text.starts_with(prefix))
      text.insert(0, prefix);
    std::vector<std::string_view> pieces;
    if (auto error = cut(text, pieces)) return error;
    for (const std::string_view piece : pieces)
      if (auto error = encode_piece(parts_.model, piece, scratch_, ids_)) return error;
    return {};
  }

  Status cut(std::string_view text, std::vector<std::string_view>& pieces) const {
    if (parts_.pipeline.split_at_marks) {
      split_at_marks(text, pieces);
      return {};
    }
    pieces.push_back(text);
    for (const Splitter& splitter : parts_.pipeline.splitters) {
      std::vector<std::string_view> finer;
      for (const std::string_view piece : pieces)
        if (auto error = splitter.split(piece, finer)) return error;
      pieces.swap(finer);
    }
    return {};
  }

  const TokenizerParts& parts_;
  bool special_;
  BpeScratch scratch_;
  std::vector<Token> ids_;
};

}  // namespace

std::string normalize(const Pipeline& pipeline, std::string_view text) {
  std::string out = pipeline.replace_spaces ? mark_spaces(text) : std::string(text);
  if (pipeline.prepend_mark) out.insert(0, space_mark);
  return out;
}

Result<std::vector<Token>> encode_text(const TokenizerParts& parts, std::string_view text,
                                       bool special) {
  Encoder encoder(parts, special);
  if (auto error = encoder.encode(text)) {
    error->message.insert(0, parts.label + ": ");
    return *error;
  }
  return encoder.finish();
}

}  // namespace kv::core
