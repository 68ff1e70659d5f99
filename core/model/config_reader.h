// Typed reading of one JSON object of a config.json. The first thing that is wrong is kept and
// everything after it returns a harmless value, so that a caller reads all fields and asks once.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/model/config_limits.h"

namespace kv::core {

// Spellings of one field, the usual one first. Where several are present they must agree.
using Spellings = std::initializer_list<const char*>;

class ConfigReader {
 public:
  // `prefix` stands before every key in messages ("rope_scaling."). An object is required.
  ConfigReader(const nlohmann::json& value, std::string file, std::string prefix = "");

  const Status& error() const { return error_; }

  // Keeps `found`, `expected` as the error, unless there is one already.
  void refuse(const std::string& key, std::string_view found, std::string_view expected);
  void refuse(const Error& error);

  // The value under any of the spellings; null when absent or JSON's null.
  const nlohmann::json* find(Spellings spellings) { return locate(spellings).value; }

  // Required.
  int integer(Spellings spellings, IntRange range);
  // Absent or null: the default.
  int integer_or(Spellings spellings, IntRange range, int otherwise);
  std::optional<double> number(Spellings spellings);
  double number_or(Spellings spellings, double otherwise);
  bool boolean_or(Spellings spellings, bool otherwise);
  std::optional<std::string> text(Spellings spellings);

  // Absent, null or `required`; anything else is refused, because of `reason`.
  void require(const char* key, bool required, std::string_view reason);
  // Absent or null; anything else is refused.
  void require_absent(const char* key, std::string_view reason);

 private:
  struct Field {
    const char* key;  // as the file spells it, or the usual spelling
    const nlohmann::json* value;
  };
  Field locate(Spellings spellings);

  const nlohmann::json* object_;  // null when the value is none
  std::string file_;
  std::string prefix_;
  Status error_;
};

}  // namespace kv::core
