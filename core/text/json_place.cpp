#include "core/text/json_place.h"

#include <algorithm>

#include "core/base/json_describe.h"

namespace kv::core {
namespace {

// Constant, and shared by all absent places.
const nlohmann::json& nothing() {
  static const nlohmann::json null;
  return null;
}

// Keys of the format as they stand, anything from a file's own hand made fit for one line.
std::string shown_key(std::string_view key) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return std::all_of(key.begin(), key.end(), plain) && key.size() < 40 ? std::string(key)
                                                                       : core::quoted(key, 40);
}

}  // namespace

JsonPlace JsonPlace::operator[](std::string_view key) const {
  std::string path = path_;
  if (!path.empty()) path += '.';
  path += shown_key(key);
  if (value_->is_object())
    if (const auto found = value_->find(std::string(key)); found != value_->end())
      return {*found, label_, std::move(path)};
  return {nothing(), label_, std::move(path)};
}

JsonPlace JsonPlace::element(std::size_t index) const {
  return {(*value_)[index], label_, path_ + "[" + std::to_string(index) + "]"};
}

Error JsonPlace::complain(std::string_view expected) const {
  return input_error(*label_, path_, absent() ? "nothing" : describe(*value_), expected);
}

Result<std::string> JsonPlace::text() const {
  if (!value_->is_string()) return complain("a string");
  return value_->get_ref<const std::string&>();
}

Result<bool> JsonPlace::flag(bool otherwise) const {
  if (absent()) return otherwise;
  if (!value_->is_boolean()) return complain("true or false");
  return value_->get<bool>();
}

Result<std::int32_t> JsonPlace::integer(std::int32_t limit) const {
  const std::string range = "a whole number from 0 to " + std::to_string(limit - 1);
  if (!value_->is_number_unsigned()) return complain(range);
  const auto number = value_->get<std::uint64_t>();
  if (number >= static_cast<std::uint64_t>(limit)) return complain(range);
  return static_cast<std::int32_t>(number);
}

}  // namespace kv::core
