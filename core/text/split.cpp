#include "core/text/split.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace kv::core {
namespace {

struct Pattern {
  SplitRule rule;
  std::string_view text;  // as tokenizer files spell it
};

// Source: the tokenizer files published with GPT-2, Llama 3 and Qwen2. The last three are no
// pattern of a file: the first two stand for the Digits pre-tokenizer, and the last for "\w" as
// Unicode's annex on regular expressions (UTS 18, C) defines it.
constexpr std::array<Pattern, 6> patterns{{
    {SplitRule::gpt2,
     R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)"},
    {SplitRule::llama3, R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|)"
                        R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"},
    {SplitRule::qwen2, R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|)"
                       R"( ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)"},
    {SplitRule::digits, R"(\p{N})"},
    {SplitRule::digit_runs, R"(\p{N}+)"},
    {SplitRule::word, R"([\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}])"},
}};

// The engine's own "\s" also takes U+180E, which left White_Space long ago: spell the class out.
std::string with_unicode_space(std::string_view pattern) {
  static constexpr std::string_view space =
      R"(\t-\r\x20\x85\xA0\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000})";
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool escape = pattern[i] == '\\';
    if (escape && pattern[i + 1] == 's') {
      out.append(in_class ? "" : "[").append(space).append(in_class ? "" : "]");
      ++i;
    } else if (escape && pattern[i + 1] == 'S') {
      out.append("[^").append(space).append("]");
      ++i;
    } else {
      if (pattern[i] == '[') in_class = true;
      if (pattern[i] == ']') in_class = false;
      out += pattern[i];
    }
  }
  return out;
}

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeMatch {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

Error engine_error(int code) {
  std::array<PCRE2_UCHAR, 128> text{};
  pcre2_get_error_message(code, text.data(), text.size());
  return {ErrorKind::internal,
          std::string("regular expressions: ") + reinterpret_cast<const char*>(text.data())};
}

// One use of a compiled pattern on one text.
class Search {
 public:
  explicit Search(const pcre2_code* code)
      : code_(code),
        data_(pcre2_match_data_create_from_pattern(code, nullptr)),
        context_(pcre2_match_context_create(nullptr)) {
    // Far above what 3 MiB of text need with these patterns, far below an endless search.
    if (context_) pcre2_set_match_limit(context_.get(), 64'000'000);
  }

  // 1 found, 0 not, below 0 an error of the engine.
  int find(std::string_view text, std::size_t from) {
    if (!data_ || !context_) return PCRE2_ERROR_NOMEMORY;
    int found = match(text, from, PCRE2_NO_UTF_CHECK);
    if (found == PCRE2_ERROR_JIT_STACKLIMIT)
      found = match(text, from, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT);
    return found == PCRE2_ERROR_NOMATCH ? 0 : found < 0 ? found : 1;
  }
  std::size_t begin() const { return pcre2_get_ovector_pointer(data_.get())[0]; }
  std::size_t end() const { return pcre2_get_ovector_pointer(data_.get())[1]; }

 private:
  int match(std::string_view text, std::size_t from, std::uint32_t options) {
    return pcre2_match(code_, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, options,
                       data_.get(), context_.get());
  }

  const pcre2_code* code_;
  std::unique_ptr<pcre2_match_data, FreeMatch> data_;
  std::unique_ptr<pcre2_match_context, FreeContext> context_;
};

}  // namespace

struct Splitter::Compiled {
  std::unique_ptr<pcre2_code, FreeCode> code;
};

const SplitRule* find_split_rule(std::string_view pattern) {
  for (const Pattern& known : patterns) {
    const bool from_files = known.rule == SplitRule::gpt2 || known.rule == SplitRule::llama3 ||
                            known.rule == SplitRule::qwen2;
    if (from_files && known.text == pattern) return &known.rule;
  }
  return nullptr;
}

Result<Splitter> Splitter::make(SplitRule rule) {
  std::string text;
  for (const Pattern& known : patterns)
    if (known.rule == rule) text = with_unicode_space(known.text);
  int error = 0;
  PCRE2_SIZE at = 0;
  pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                   PCRE2_UTF | PCRE2_UCP, &error, &at, nullptr);
  if (!code) return engine_error(error);
  auto compiled = std::make_shared<Compiled>();
  compiled->code.reset(code);
  // Without it (another processor, a hardened system) the interpreter finds the same, slower.
  (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  return Splitter(rule, std::move(compiled));
}

Status Splitter::split(std::string_view text, std::vector<std::string_view>& pieces) const {
  Search search(compiled_->code.get());
  std::size_t done = 0;
  while (done < text.size()) {
    const int found = search.find(text, done);
    if (found < 0) return engine_error(found);
    if (found == 0) break;
    if (search.begin() > done) pieces.push_back(text.substr(done, search.begin() - done));
    pieces.push_back(text.substr(search.begin(), search.end() - search.begin()));
    done = search.end();
  }
  if (done < text.size()) pieces.push_back(text.substr(done));
  return {};
}

bool Splitter::matches(std::string_view text) const {
  return Search(compiled_->code.get()).find(text, 0) == 1;
}

}  // namespace kv::core
