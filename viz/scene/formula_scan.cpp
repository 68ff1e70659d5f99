#include "viz/scene/formula_scan.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "viz/scene/formula_symbols.h"
#include "viz/scene/utf8_text.h"

namespace kv::scene {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::size_t number_length(std::string_view text) {
  const auto digits = [&](std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - from;
  };
  std::size_t end = digits(0);
  while (end > 0 && end < text.size() && text[end] == ',' && digits(end + 1) == 3) end += 4;
  if (end < text.size() && text[end] == '.' && digits(end + 1) > 0) end += 1 + digits(end + 1);
  // Not Euler's number: "e-06", as very small numbers are printed.
  if (end > 0 && end + 1 < text.size() && text[end] == 'e' &&
      (text[end + 1] == '-' || text[end + 1] == '+') && digits(end + 2) == 2)
    end += 4;
  return end;
}

}  // namespace

std::string_view FormulaScanner::command_ahead() const {
  if (!sees('\\')) return {};
  std::size_t end = at_ + 1;
  while (end < source_.size() && is_letter(source_[end])) ++end;
  if (end > at_ + 1) return source_.substr(at_ + 1, end - at_ - 1);
  std::string_view after = source_.substr(end);
  return after.empty() ? after : take_character(after);
}

bool FormulaScanner::at_row_end(char stop) const {
  if (at_end() || sees('}') || sees('&') || (stop != '\0' && sees(stop))) return true;
  const std::string_view command = command_ahead();
  return command == "right" || command == "end" || command == "\\";
}

std::string FormulaScanner::stray() const {
  if (sees('}')) return "} without {";
  if (sees('&')) return "& outside of a matrix";
  if (command_ahead() == "\\") return "\\\\ outside of a matrix";
  return command_ahead() == "end" ? "\\end without \\begin" : "\\right without \\left";
}

void FormulaScanner::skip_blanks() {
  while (!at_end() && is_blank(source_[at_])) ++at_;
}

std::string_view FormulaScanner::take(std::size_t bytes) {
  const std::string_view taken = rest().substr(0, bytes);
  skip(bytes);
  return taken;
}

std::string FormulaScanner::take_number() {
  std::string text(take(number_length(rest())));
  if (text.empty()) return text;
  if (const std::size_t e = text.find("e-"); e != std::string::npos) text.replace(e, 2, "e\u2212");
  return text.append(take(unit_length(rest())));
}

std::optional<std::string> FormulaScanner::take_raw_braces() {
  skip_blanks();
  if (!sees('{')) return {};
  std::string text;
  for (int open = 0; !at_end(); ++at_) {
    const char c = source_[at_];
    if (c == '\\' && at_ + 1 < source_.size() && !is_letter(source_[at_ + 1])) {
      text += source_[++at_];
    } else if (c == '{') {
      ++open;
    } else if (c != '}') {
      text += c;
    } else if (--open == 0) {
      ++at_;
      return text;
    }
  }
  return {};
}

std::string FormulaScanner::take_bracket(std::string_view command, std::size_t where) {
  skip_blanks();
  std::string_view name = command_ahead();
  std::size_t length = name.size() + 1;
  if (std::string_view text = rest(); name.empty() && !text.empty()) {
    name = take_character(text);
    length = name.size();
  }
  const auto sign = formula_bracket(name);
  if (!sign) fail(fmt::format("{} without a bracket", command), where);
  skip(length);
  return std::string(sign.value_or(""));
}

void FormulaScanner::fail(std::string_view what, std::size_t where) {
  if (!mistake_) {
    std::string_view before = source_.substr(0, where);
    int character = 1;
    for (; !before.empty(); take_character(before)) ++character;
    mistake_ = fmt::format("{} at character {}", core::one_line(what, 80), character);
  }
  at_ = source_.size();
}

}  // namespace kv::scene
