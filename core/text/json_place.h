// A value inside a JSON file together with where it is, so that a complaint can name the field.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.h"

namespace kv::core {

class JsonPlace {
 public:
  // The file's root. The tree and the label must outlive every place made from this one.
  JsonPlace(const nlohmann::json& root, const std::string& label) : value_(&root), label_(&label) {}

  const nlohmann::json& value() const { return *value_; }
  const std::string& path() const { return path_; }
  // A missing key and null are the same to every reader of these files.
  bool absent() const { return value_->is_null(); }
  bool object() const { return value_->is_object(); }
  bool array() const { return value_->is_array(); }

  // The member `key`; absent when there is none or this is no object.
  JsonPlace operator[](std::string_view key) const;
  // Element `index` of an array; must exist.
  JsonPlace element(std::size_t index) const;

  // "label: path: found <this value>, expected <expected>".
  Error complain(std::string_view expected) const;

  Result<std::string> text() const;
  // `otherwise` when absent.
  Result<bool> flag(bool otherwise) const;
  // A whole number in [0, limit).
  Result<std::int32_t> integer(std::int32_t limit) const;
  // The name of what an object is, under "type".
  Result<std::string> type() const { return (*this)["type"].text(); }

 private:
  JsonPlace(const nlohmann::json& value, const std::string* label, std::string path)
      : value_(&value), label_(label), path_(std::move(path)) {}

  const nlohmann::json* value_;
  const std::string* label_;
  std::string path_;
};

}  // namespace kv::core
