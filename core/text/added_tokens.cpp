#include "core/text/added_tokens.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/text/white_space.h"

namespace kv::core {
namespace {

// The character that ends before `end`; empty at the start of the text.
std::string_view character_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && (static_cast<unsigned char>(text[--begin]) & 0xC0) == 0x80) {
  }
  return text.substr(begin, end - begin);
}

std::string_view character_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, utf8_length(text.substr(begin)));
}

bool white(std::string_view character) {
  return !character.empty() && is_white_space(decode_utf8(character));
}

// Where the white space before `end` begins, looking back no further than `floor`.
std::size_t space_begin(std::string_view text, std::size_t end, std::size_t floor) {
  while (end > floor) {
    const auto character = character_before(text, end);
    if (!white(character)) break;
    end -= character.size();
  }
  return end;
}

// Remembers the last run of white space, so that many tokens inside one run stay linear.
class SpaceEnd {
 public:
  std::size_t find(std::string_view text, std::size_t begin) {
    if (begin >= begin_ && begin < end_) return end_;
    begin_ = end_ = begin;
    while (end_ < text.size() && white(character_at(text, end_)))
      end_ += character_at(text, end_).size();
    return end_;
  }

 private:
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

Result<AddedTokenFinder> AddedTokenFinder::make(std::vector<AddedToken> tokens,
                                                const std::vector<std::string>& searched) {
  AddedTokenFinder finder;
  finder.match_ = MultiMatch(searched);
  for (const std::string& text : searched) finder.lengths_.push_back(text.size());
  finder.tokens_ = std::move(tokens);
  const auto single = [](const AddedToken& token) { return token.single_word; };
  if (std::any_of(finder.tokens_.begin(), finder.tokens_.end(), single)) {
    auto word = Splitter::make(SplitRule::word);
    if (!word) return word.error();
    finder.word_ = std::move(*word);
  }
  return finder;
}

bool AddedTokenFinder::stands_alone(std::string_view text, std::size_t begin,
                                    std::size_t end) const {
  return !word_->matches(character_before(text, begin)) && !word_->matches(character_at(text, end));
}

std::vector<Section> AddedTokenFinder::split(std::string_view text, bool special) const {
  std::vector<Section> sections;
  if (text.empty()) return sections;
  if (match_.empty()) return {{text, nullptr}};
  const auto longest = match_.longest_at_each(text);
  SpaceEnd space_end;
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (longest[at] == MultiMatch::none) {
      ++at;
      continue;
    }
    const AddedToken& token = tokens_[longest[at]];
    std::size_t begin = at;
    std::size_t end = at += lengths_[longest[at]];
    if (token.special && !special) continue;
    if (token.single_word && !stands_alone(text, begin, end)) continue;
    if (token.lstrip) begin = std::max(space_begin(text, begin, done), done);
    if (token.rstrip) end = space_end.find(text, end);
    end = std::max(end, begin);  // the token before may have taken this one's white space
    if (done < begin) sections.push_back({text.substr(done, begin - done), nullptr});
    sections.push_back({text.substr(begin, end - begin), &token});
    done = end;
  }
  if (done < text.size()) sections.push_back({text.substr(done), nullptr});
  return sections;
}

}  // namespace kv::core
