// A formula's source from left to right: where the reading stands, and what was wrong first.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace kv::scene {

class FormulaScanner {
 public:
  explicit FormulaScanner(std::string_view source) : source_(source) {}

  bool at_end() const { return at_ >= source_.size(); }
  bool sees(char c) const { return !at_end() && source_[at_] == c; }
  bool sees_digit() const { return !at_end() && source_[at_] >= '0' && source_[at_] <= '9'; }
  std::size_t at() const { return at_; }  // in bytes
  std::string_view rest() const { return source_.substr(at_); }

  // The name of the command that stands here, without its backslash; "" where none does.
  std::string_view command_ahead() const;
  // At the end of a row: of the source, a group, a cell, a bracket.
  bool at_row_end(char stop) const;
  // Why a row ended where none should.
  std::string stray() const;

  void skip_blanks();
  void skip(std::size_t bytes) { at_ = std::min(at_ + bytes, source_.size()); }
  std::string_view take(std::size_t bytes);
  // A number (12, 1,234, 0.5, 1.9e-06) with the unit behind it; "" where none stands.
  std::string take_number();
  // What stands in braces as it is written, up to the closing one.
  std::optional<std::string> take_raw_braces();

  // The bracket behind \left or \right, "" where it is a dot; `command` and its place are for the
  // message where it is none.
  std::string take_bracket(std::string_view command, std::size_t where);

  // The first mistake is kept, with its place; the reading ends.
  void fail(std::string_view what, std::size_t where);
  const std::optional<std::string>& mistake() const { return mistake_; }

 private:
  std::string_view source_;
  std::size_t at_ = 0;
  std::optional<std::string> mistake_;
};

}  // namespace kv::scene
