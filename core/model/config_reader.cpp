#include "core/model/config_reader.h"

#include <limits>
#include <utility>

#include "core/base/json_describe.h"

namespace kv::core {

using nlohmann::json;

ConfigReader::ConfigReader(const json& value, std::string file, std::string prefix)
    : object_(value.is_object() ? &value : nullptr),
      file_(std::move(file)),
      prefix_(std::move(prefix)) {
  if (object_ != nullptr) return;
  const std::string field = prefix_.empty() ? "" : prefix_.substr(0, prefix_.size() - 1);
  error_ = input_error(file_, field, describe(value), "an object");
}

void ConfigReader::refuse(const std::string& key, std::string_view found,
                          std::string_view expected) {
  if (!error_) error_ = input_error(file_, prefix_ + key, found, expected);
}

void ConfigReader::refuse(const Error& error) {
  if (!error_) error_ = error;
}

ConfigReader::Field ConfigReader::locate(Spellings spellings) {
  Field field{*spellings.begin(), nullptr};
  if (object_ == nullptr) return field;
  for (const char* key : spellings) {
    const auto at = object_->find(key);
    if (at == object_->end() || at->is_null()) continue;
    if (field.value == nullptr)
      field = {key, &*at};
    else if (*field.value != *at)
      refuse(key, describe(*at), describe(*field.value) + ", as " + field.key + " says");
  }
  return field;
}

int ConfigReader::integer(Spellings spellings, IntRange range) {
  if (find(spellings) == nullptr) refuse(*spellings.begin(), "nothing", to_string(range));
  return integer_or(spellings, range, range.low);
}

int ConfigReader::integer_or(Spellings spellings, IntRange range, int otherwise) {
  const auto [key, value] = locate(spellings);
  if (value == nullptr) return otherwise;
  // Compared as the library stores it: beyond int64 it is unsigned, beyond uint64 no integer.
  const bool fits = value->is_number_integer() &&
                    (!value->is_number_unsigned() ||
                     value->get<std::uint64_t>() <=
                         static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) &&
                    value->get<std::int64_t>() >= range.low &&
                    value->get<std::int64_t>() <= range.high;
  if (fits) return static_cast<int>(value->get<std::int64_t>());
  refuse(key, describe(*value), "an integer, " + to_string(range));
  return range.low;
}

std::optional<double> ConfigReader::number(Spellings spellings) {
  const auto [key, value] = locate(spellings);
  if (value == nullptr) return {};
  if (value->is_number()) return value->get<double>();
  refuse(key, describe(*value), "a number");
  return {};
}

double ConfigReader::number_or(Spellings spellings, double otherwise) {
  return number(spellings).value_or(otherwise);
}

bool ConfigReader::boolean_or(Spellings spellings, bool otherwise) {
  const auto [key, value] = locate(spellings);
  if (value == nullptr) return otherwise;
  if (value->is_boolean()) return value->get<bool>();
  refuse(key, describe(*value), "true or false");
  return otherwise;
}

std::optional<std::string> ConfigReader::text(Spellings spellings) {
  const auto [key, value] = locate(spellings);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  refuse(key, describe(*value), "a string");
  return {};
}

void ConfigReader::require(const char* key, bool required, std::string_view reason) {
  if (boolean_or({key}, required) == required) return;
  refuse(key, required ? "false" : "true",
         std::string(required ? "true (" : "false (").append(reason).append(")"));
}

void ConfigReader::require_absent(const char* key, std::string_view reason) {
  if (const json* value = find({key}))
    refuse(key, describe(*value), std::string("nothing or null (").append(reason).append(")"));
}

}  // namespace kv::core
