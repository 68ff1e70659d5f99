// Typed reading of a JSON object that the program wrote itself, perhaps edited since. The first
// thing that is wrong is kept; whoever reads asks for it once, at the end.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace kv::app {

class FieldReader {
 public:
  // `label` names the file in messages. The document must outlive its reader.
  FieldReader(const nlohmann::json& object, std::string label);

  // An absent field leaves the value as it is.
  void text(const char* name, std::string& value, std::size_t most_bytes);
  // Small letters, digits and hyphens; must be there.
  void id(const char* name, std::string& value);
  void flag(const char* name, bool& value);
  void number(const char* name, double& value, double least, double most);
  // `ids` in the order of the enum.
  template <class Enum>
  void choice(const char* name, Enum& value, std::span<const char* const> ids) {
    if (const auto index = chosen(name, ids)) value = static_cast<Enum>(*index);
  }
  template <std::integral T>
  void whole(const char* name, T& value, std::uint64_t least, std::uint64_t most) {
    if (const nlohmann::json* found = find(name))
      if (const auto number = whole_of(*found, name, least, most)) value = static_cast<T>(*number);
  }
  // -1 and up.
  void index_or_none(const char* name, int& value, int count);

  // Lists and objects: nothing where the field is absent or is none.
  const nlohmann::json* list(const char* name, std::size_t most);
  std::optional<FieldReader> object(const char* name);
  // An object that stands in a list; its fields are told as `name` and theirs.
  FieldReader element(const nlohmann::json& object, const std::string& name) const;
  // An element of a list that is read by hand.
  std::optional<std::uint64_t> whole_of(const nlohmann::json& value, const std::string& name,
                                        std::uint64_t least, std::uint64_t most);

  void require(const char* name);  // else "found nothing"
  void refuse(const std::string& name, std::string_view found, std::string_view expected);
  // No field that nobody has read; to be called last, of each object.
  void end();

  const core::Status& error() const { return *error_; }

 private:
  FieldReader(const nlohmann::json& object, std::string label, std::string prefix,
              std::shared_ptr<core::Status> error);
  const nlohmann::json* find(const char* name);  // null when absent
  std::optional<std::size_t> chosen(const char* name, std::span<const char* const> ids);

  const nlohmann::json* object_;
  std::string label_, prefix_;
  std::shared_ptr<core::Status> error_;  // one for the whole document
  std::vector<std::string_view> known_;
};

// The document's object, of a version this program can read (a whole number from 1 in `field`).
core::Result<nlohmann::json> parse_document(std::string_view text, const std::string& label,
                                            int version, const char* field = "version");

// As a file: indented, a line at the end, never an exception.
std::string document_text(const nlohmann::ordered_json& json);

}  // namespace kv::app
