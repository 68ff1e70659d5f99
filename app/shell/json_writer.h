// Writes a command's result as JSON while it is being computed, so that numbers keep every digit
// and keys the order they are documented in.
//
// One layout, valid JSON and readable in a terminal: members of the outermost value stand on a line
// each, and so do the elements of an array that holds objects or arrays ("steps"); all else stays
// on its line. A newline follows the end.
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/uint128.h"

namespace kv::app {

// Appends to `out` and never reads it back: the caller may print and clear it at any time.
// Calls that would not yield JSON (a value without its key, an end that matches no begin, a second
// outermost value) are assertion failures.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  void begin_object() { begin(Kind::object); }
  void end_object() { end(Kind::object); }
  void begin_array() { begin(Kind::array); }
  void end_array() { end(Kind::array); }

  // The next value's name. The caller sees to it that names do not repeat.
  void key(std::string_view name);

  // Bytes that are no valid UTF-8 become U+FFFD.
  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  // The shortest digits that read back as the same number; null for NaN and the infinities.
  void value(double number);
  void value(float number);
  void value(core::Uint128 number);
  void value(std::nullptr_t) { scalar("null"); }
  void value(std::same_as<bool> auto flag) { scalar(flag ? "true" : "false"); }
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) void value(T number) {
    scalar(std::to_string(number));
  }

  // key() and value() in one.
  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }

  // Whether the outermost value has ended.
  bool complete() const { return complete_; }

 private:
  enum class Kind { object, array };
  struct Level {
    Kind kind;
    bool on_lines;  // elements stand on a line each
    bool empty = true;
  };

  void begin(Kind kind);
  void end(Kind kind);
  void scalar(std::string_view text);
  void before_value(bool container);
  void after_value();
  void separate();
  void indent();
  void append_quoted(std::string_view text);

  std::string& out_;
  std::vector<Level> levels_;
  bool key_pending_ = false;
  bool complete_ = false;
};

}  // namespace kv::app
