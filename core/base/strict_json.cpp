#include "core/base/strict_json.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/utf8.h"
#include "core/base/wrong_download.h"

namespace kv::core {
namespace {

using nlohmann::json;

// The library keeps two growing copies of the token it is reading; no real file has one this long.
constexpr std::size_t longest_token = std::size_t{1} << 20;

// A tree takes more memory than its text: 16 bytes for a "0," with its comma, and three times that
// while an array grows. So the size is estimated first and held to this many times the text's
// limit.
constexpr std::size_t tree_bytes_per_limit_byte = 3;

std::string line_at(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  return "line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
}

// Reads the text for the library and tells how far it has come, which SAX events do not.
class Reader {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reader(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  Reader& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  Reader operator++(int) {
    const Reader before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Reader& a, const Reader& b) { return a.at_ == b.at_; }
  friend bool operator!=(const Reader& a, const Reader& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  const char** furthest_;
};

// What a fault is, for input_error(): found, expected.
struct Fault {
  std::string found;
  std::string expected;
};

// The library's message is long, and its "last read" part raw text of the file: keep the reason.
Fault explain(std::string message, std::string_view rest) {
  if (message.find("out_of_range") != std::string::npos)
    return {"a number too large for float64", "numbers below 1.8e308"};
  message.erase(std::min(message.size(), message.find("; last read")));
  std::string expected = "valid JSON";
  if (const auto at = message.find("; expected "); at != std::string::npos) {
    expected = message.substr(at + 11);
    message.erase(at);
  }
  if (const auto at = message.find(" - "); at != std::string::npos) message.erase(0, at + 3);
  if (!rest.empty()) message += " before " + quoted(rest, 20);
  return {message, expected};
}

// Receives the events of one pass that builds nothing, and stops at the first fault.
class Checker {
 public:
  Checker(int depth_limit, std::size_t tree_limit)
      : depth_limit_(depth_limit), tree_limit_(tree_limit) {}

  const std::optional<Fault>& fault() const { return fault_; }
  // Set when the library itself found the fault: its message and where it stood.
  const std::optional<std::string>& syntax_error() const { return syntax_error_; }
  std::size_t syntax_error_position() const { return syntax_error_position_; }

  bool null() { return value(0); }
  bool boolean(bool) { return value(0); }
  bool number_integer(json::number_integer_t) { return value(0); }
  bool number_unsigned(json::number_unsigned_t) { return value(0); }
  bool number_float(json::number_float_t, const json::string_t&) { return value(0); }
  bool string(json::string_t& text) { return value(sizeof(std::string) + heap_bytes(text)); }
  bool binary(json::binary_t&) { return true; }

  bool start_object(std::size_t) { return value(48) && open(true); }
  bool start_array(std::size_t) { return value(24) && open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(json::string_t& name) {
    if (!grow(80 + heap_bytes(name))) return false;
    if (levels_.back().keys.insert(name).second) return true;
    return fail("the key " + core::quoted(name) + " twice in one object", "each key once");
  }

  bool parse_error(std::size_t position, const std::string&, const json::exception& error) {
    syntax_error_position_ = position;
    syntax_error_ = error.what();
    return false;
  }

 private:
  struct Level {
    bool object = false;
    std::set<std::string> keys;  // a tree, not a hash table: no input makes it slow
  };

  // Short strings live inside the string object.
  static std::size_t heap_bytes(const std::string& text) {
    return text.size() < 16 ? 0 : text.size() + 1;
  }
  bool fail(std::string found, std::string expected) {
    fault_ = Fault{std::move(found), std::move(expected)};
    return false;
  }
  bool grow(std::size_t bytes) {
    tree_bytes_ += bytes;
    if (tree_bytes_ <= tree_limit_) return true;
    return fail("more values than fit into " + std::to_string(tree_limit_) + " bytes of memory",
                "fewer values");
  }
  bool value(std::size_t bytes) {
    const bool in_array = !levels_.empty() && !levels_.back().object;
    return grow(bytes + (in_array ? 3 * sizeof(json) : 0));
  }
  bool open(bool object) {
    if (static_cast<int>(levels_.size()) == depth_limit_)
      return fail("values nested deeper than " + std::to_string(depth_limit_) + " levels",
                  "at most " + std::to_string(depth_limit_));
    levels_.push_back({object, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }

  int depth_limit_;
  std::size_t tree_limit_;
  std::size_t tree_bytes_ = 0;
  std::vector<Level> levels_;
  std::optional<Fault> fault_;
  std::optional<std::string> syntax_error_;
  std::size_t syntax_error_position_ = 0;
};

// Offset of the first string, number or word that is longer than `longest_token`.
std::size_t find_long_token(std::string_view text) {
  constexpr std::string_view between = " \t\r\n,:[]{}";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at)
        if (text[at] == '\\') ++at;
      at = std::min(at + 1, text.size());
    } else if (between.find(text[at]) != std::string_view::npos) {
      ++at;
    } else {
      at = std::min(text.find_first_of(" \t\r\n,:[]{}\"", at), text.size());
    }
    if (at - begin > longest_token) return begin;
  }
  return std::string_view::npos;
}

Status check_bytes(std::string_view text, std::string_view file, const JsonLimits& limits) {
  if (const auto what = recognise_wrong_download(text.substr(0, wrong_download_bytes));
      !what.empty())
    return input_error(file, "", what, "JSON");
  if (text.size() > limits.bytes)
    return input_error(file, "size", std::to_string(text.size()) + " bytes",
                       "at most " + std::to_string(limits.bytes));
  if (const auto at = text.find('\0'); at != std::string_view::npos)
    return input_error(file, line_at(text, at), "a NUL byte", "text");
  if (const auto at = find_invalid_utf8(text); at != std::string_view::npos)
    return input_error(file, line_at(text, at), "bytes that are not UTF-8", "UTF-8 text");
  if (text.starts_with("\xEF\xBB\xBF"))
    return input_error(file, "line 1", "a byte order mark", "UTF-8 without one");
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return input_error(file, "", text.empty() ? "an empty file" : "nothing but white space",
                       "JSON");
  if (const auto at = find_long_token(text); at != std::string_view::npos)
    return input_error(file, line_at(text, at),
                       "a value of more than " + std::to_string(longest_token) + " bytes",
                       "shorter strings and numbers");
  return {};
}

Status check_structure(std::string_view text, std::string_view file, const JsonLimits& limits) {
  const char* furthest = text.data();
  Checker checker(limits.depth, tree_bytes_per_limit_byte * limits.bytes);
  if (json::sax_parse(Reader(text.data(), &furthest), Reader(text.data() + text.size(), &furthest),
                      &checker))
    return {};
  auto at = static_cast<std::size_t>(furthest - text.data());
  Fault fault;
  if (checker.syntax_error()) {
    at = std::min(checker.syntax_error_position(), text.size());
    fault = explain(*checker.syntax_error(), text.substr(at));
  } else {
    fault = checker.fault().value_or(Fault{"something unreadable", "valid JSON"});
  }
  return input_error(file, line_at(text, at), fault.found, fault.expected);
}

}  // namespace

Result<json> parse_strict_json(std::string_view text, std::string_view file,
                               const JsonLimits& limits) {
  if (auto error = check_bytes(text, file, limits)) return *error;
  if (auto error = check_structure(text, file, limits)) return *error;
  json tree = json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  if (tree.is_discarded())
    return Error{ErrorKind::internal, std::string(file) + ": read once but not twice"};
  return tree;
}

}  // namespace kv::core
