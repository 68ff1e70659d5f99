#include "app/shell/json_writer.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

#include "core/base/utf8.h"

namespace kv::app {
namespace {

template <class Float>
std::string shortest(Float number) {
  if (!std::isfinite(number)) return "null";
  std::array<char, 64> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      if (byte < 0x20 || byte == 0x7F) {
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 15];
      } else {
        out += c;
      }
  }
}

}  // namespace

void JsonWriter::append_quoted(std::string_view text) {
  out_ += '"';
  while (!text.empty()) {
    const std::size_t length = core::utf8_length(text);
    if (length == 0) {
      core::append_utf8(out_, U'\uFFFD');
    } else if (length == 1) {
      append_escaped(out_, text.front());
    } else {
      out_.append(text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  out_ += '"';
}

void JsonWriter::key(std::string_view name) {
  assert(!levels_.empty() && levels_.back().kind == Kind::object && !key_pending_);
  separate();
  append_quoted(name);
  out_ += ": ";
  key_pending_ = true;
}

void JsonWriter::value(std::string_view text) {
  before_value(false);
  append_quoted(text);
  after_value();
}

void JsonWriter::value(double number) { scalar(shortest(number)); }
void JsonWriter::value(float number) { scalar(shortest(number)); }
void JsonWriter::value(core::Uint128 number) { scalar(core::to_string(number)); }

void JsonWriter::scalar(std::string_view text) {
  before_value(false);
  out_ += text;
  after_value();
}

void JsonWriter::begin(Kind kind) {
  before_value(true);
  out_ += kind == Kind::object ? '{' : '[';
  // Objects inside stay on one line, so that a step is a line; arrays decide by their first
  // element.
  levels_.push_back({.kind = kind, .on_lines = levels_.empty()});
}

void JsonWriter::end(Kind kind) {
  assert(!levels_.empty() && levels_.back().kind == kind && !key_pending_);
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.on_lines && !level.empty) indent();
  out_ += kind == Kind::object ? '}' : ']';
  after_value();
}

void JsonWriter::before_value(bool container) {
  assert(!complete_);
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (level.kind == Kind::object) {
    assert(key_pending_);
    key_pending_ = false;
    return;
  }
  const bool parent_on_lines = levels_.size() < 2 || levels_[levels_.size() - 2].on_lines;
  if (level.empty) level.on_lines = container && parent_on_lines;
  separate();
}

void JsonWriter::after_value() {
  complete_ = levels_.empty();
  if (complete_) out_ += '\n';
}

// Between one element of the innermost object or array and the next.
void JsonWriter::separate() {
  Level& level = levels_.back();
  if (!level.empty) out_ += level.on_lines ? "," : ", ";
  level.empty = false;
  if (level.on_lines) indent();
}

void JsonWriter::indent() {
  out_ += '\n';
  out_.append(2 * levels_.size(), ' ');
}

}  // namespace kv::app
