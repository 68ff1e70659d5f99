#include "app/logic/lesson/lint_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/logic/lesson/markdown.h"
#include "viz/scene/formula.h"

namespace kv::app {
namespace {

using scene::Block;

constexpr int most_code_lines = 8, most_code_columns = 42;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_latin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A figure that was typed: digits that belong to no name.
std::string typed_number(const std::string& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_digit(words[i])) continue;
    std::size_t begin = i, end = i;
    const auto of_word = [](char c) {
      return is_digit(c) || is_latin(c) || c == '-' || c == '.' || c == '_';
    };
    while (begin > 0 && of_word(words[begin - 1])) --begin;
    while (end < words.size() && of_word(words[end])) ++end;
    const std::string word = words.substr(begin, end - begin);
    if (std::ranges::none_of(word, is_latin)) return word;
    i = end;
  }
  return {};
}

int code_point_columns(std::string_view line) {
  int columns = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) columns += byte >= 0xE0 ? 2 : 1;
  }
  return columns;
}

class TextLinter {
 public:
  TextLinter(int line, const std::string& label,
             const std::function<bool(const std::string& link)>& known_link,
             std::vector<std::string>& mistakes)
      : line_(line), label_(label), known_link_(known_link), mistakes_(mistakes) {}

  void lint(const std::string& words) {
    std::vector<std::string> unknown;
    const auto text = parse_markdown(without_placeholders(words), &unknown);
    for (const std::string& mark : unknown)
      wrong(mark, "paragraphs, lists, strong, code, links and formulas");
    for (const Block& block : text)
      for (const auto& span : block.spans) lint_span(block, span);
  }

 private:
  void wrong(const std::string& found, const std::string& expected) {
    mistakes_.push_back(
        fmt::format("{}:{}: found {}, expected {}", label_, line_, found, expected));
  }

  void lint_span(const Block& block, const scene::Span& span) {
    if (span.formula) {
      if (const auto mistake = scene::formula_mistake(span.text))
        wrong("formula " + core::quoted(span.text) + ": " + *mistake, "another");
    } else if (span.code) {
      if (block.kind == Block::Kind::code) lint_code(span.text);
    } else if (const std::string number = typed_number(span.text); !number.empty()) {
      wrong("the typed number " + core::quoted(number), "a placeholder that computes it");
    }
    if (!span.link.empty() && !known_link_(span.link))
      wrong("link " + core::quoted(span.link), "part:NAME or lesson:ID of one there is");
  }

  void lint_code(const std::string& code) {
    int lines = 0;
    for (std::size_t at = 0; at <= code.size(); ++lines) {
      const std::size_t end = std::min(code.find('\n', at), code.size());
      const int columns = code_point_columns(std::string_view(code).substr(at, end - at));
      if (columns > most_code_columns)
        wrong(fmt::format("a line of code of {} columns", columns),
              fmt::format("at most {}", most_code_columns));
      at = end + 1;
    }
    if (lines > most_code_lines)
      wrong(fmt::format("{} lines of code", lines), fmt::format("at most {}", most_code_lines));
  }

  int line_;
  const std::string& label_;
  const std::function<bool(const std::string& link)>& known_link_;
  std::vector<std::string>& mistakes_;
};

}  // namespace

std::string without_placeholders(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = std::min(text.find("{{", at), text.size());
    // Of three braces the first belongs to the text, as a formula's does.
    if (text.compare(begin, 3, "{{{") == 0) ++begin;
    plain += text.substr(at, begin - at);
    if (begin == text.size()) break;
    const std::size_t end = text.find("}}", begin);
    plain += "N";
    at = end == std::string_view::npos ? text.size() : end + 2;
  }
  return plain;
}

void lint_text(const Section& section, const std::string& label,
               const std::function<bool(const std::string& link)>& known_link,
               std::vector<std::string>& mistakes) {
  TextLinter(section.line, label, known_link, mistakes).lint(section.text);
}

}  // namespace kv::app
