// Errors as values. Nothing in core throws across a public function.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kv::core {

// What kind of thing went wrong; the command line turns it into an exit code.
enum class ErrorKind {
  internal,  // a fault of ours
  usage,     // the request makes no sense (unknown option, token out of range, past the context)
  machine,   // this machine cannot (memory, display, processor)
  input,     // a file is missing or not what it should be
};

// One line for a person: which file, which field, what was found, what was expected.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
};

// Nothing: all is well.
using Status = std::optional<Error>;

// A value, or why there is none.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  T& operator*() & { return std::get<T>(state_); }
  const T& operator*() const& { return std::get<T>(state_); }
  T&& operator*() && { return std::get<T>(std::move(state_)); }
  T* operator->() { return &std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  const Error& error() const { return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

// "file: field: found X, expected Y", as every bad-input message reads.
Error input_error(std::string_view file, std::string_view field, std::string_view found,
                  std::string_view expected);

// Text from outside made fit for one line of a message: control characters and bytes that are no
// valid UTF-8 escaped, at most `limit` characters of it.
std::string one_line(std::string_view text, std::size_t limit);
// The same in quotes.
std::string quoted(std::string_view text, std::size_t limit = 60);

}  // namespace kv::core
