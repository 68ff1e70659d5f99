#include "app/logic/field_reader.h"

#include <algorithm>

#include "core/base/json_describe.h"
#include "core/base/strict_json.h"

namespace kv::app {

using Json = nlohmann::json;

namespace {

constexpr std::size_t longest_id = 64;

bool is_id(const std::string& id) {
  return !id.empty() && id.size() <= longest_id && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

FieldReader::FieldReader(const Json& object, std::string label)
    : FieldReader(object, std::move(label), "", std::make_shared<core::Status>()) {}

FieldReader::FieldReader(const Json& object, std::string label, std::string prefix,
                         std::shared_ptr<core::Status> error)
    : object_(&object),
      label_(std::move(label)),
      prefix_(std::move(prefix)),
      error_(std::move(error)) {}

const Json* FieldReader::find(const char* name) {
  known_.emplace_back(name);
  const auto found = object_->find(name);
  return found == object_->end() ? nullptr : &*found;
}

void FieldReader::refuse(const std::string& name, std::string_view found,
                         std::string_view expected) {
  if (!*error_) *error_ = core::input_error(label_, prefix_ + name, found, expected);
}

void FieldReader::require(const char* name) {
  if (!object_->contains(name)) refuse(name, "nothing", "this field");
}

void FieldReader::end() {
  for (const auto& [name, value] : object_->items())
    if (std::ranges::find(known_, name) == known_.end())
      return refuse(core::quoted(name), core::describe(value), "no such field");
}

void FieldReader::text(const char* name, std::string& value, std::size_t most_bytes) {
  const Json* found = find(name);
  if (!found) return;
  if (!found->is_string() || found->get_ref<const std::string&>().size() > most_bytes)
    return refuse(name, core::describe(*found),
                  "a text of at most " + std::to_string(most_bytes) + " bytes");
  value = found->get<std::string>();
}

void FieldReader::id(const char* name, std::string& value) {
  require(name);
  text(name, value, longest_id);
  if (!is_id(value)) refuse(name, core::quoted(value), "small letters, digits and hyphens");
}

void FieldReader::flag(const char* name, bool& value) {
  const Json* found = find(name);
  if (!found) return;
  if (!found->is_boolean()) return refuse(name, core::describe(*found), "true or false");
  value = found->get<bool>();
}

void FieldReader::number(const char* name, double& value, double least, double most) {
  const Json* found = find(name);
  if (!found) return;
  const bool good =
      found->is_number() && found->get<double>() >= least && found->get<double>() <= most;
  if (!good)
    return refuse(name, core::describe(*found),
                  "a number from " + Json(least).dump() + " to " + Json(most).dump());
  value = found->get<double>();
}

std::optional<std::uint64_t> FieldReader::whole_of(const Json& value, const std::string& name,
                                                   std::uint64_t least, std::uint64_t most) {
  // What is written without a sign is read as unsigned.
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number >= least && number <= most) return number;
  }
  refuse(name, core::describe(value),
         "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return {};
}

void FieldReader::index_or_none(const char* name, int& value, int count) {
  const Json* found = find(name);
  if (!found) return;
  const bool good = found->is_number_integer() && *found >= -1 && *found < count;
  if (!good)
    return refuse(name, core::describe(*found),
                  "a whole number from -1 to " + std::to_string(count - 1));
  value = found->get<int>();
}

std::optional<std::size_t> FieldReader::chosen(const char* name, std::span<const char* const> ids) {
  const Json* found = find(name);
  if (!found) return {};
  std::string names;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (found->is_string() && found->get_ref<const std::string&>() == ids[i]) return i;
    names += (i == 0 ? "" : ", ") + std::string(ids[i]);
  }
  refuse(name, core::describe(*found), "one of " + names);
  return {};
}

const Json* FieldReader::list(const char* name, std::size_t most) {
  const Json* found = find(name);
  if (!found) return nullptr;
  if (found->is_array() && found->size() <= most) return found;
  refuse(name, core::describe(*found), "a list of at most " + std::to_string(most));
  return nullptr;
}

std::optional<FieldReader> FieldReader::object(const char* name) {
  const Json* found = find(name);
  if (!found) return {};
  if (found->is_object()) return FieldReader(*found, label_, prefix_ + name + ".", error_);
  refuse(name, core::describe(*found), "an object");
  return {};
}

FieldReader FieldReader::element(const Json& object, const std::string& name) const {
  return FieldReader(object, label_, prefix_ + name + ".", error_);
}

core::Result<Json> parse_document(std::string_view text, const std::string& label, int version,
                                  const char* field) {
  auto json = core::parse_strict_json(text, label, {.bytes = std::size_t{16} << 20, .depth = 12});
  if (!json) return json;
  if (!json->is_object()) return core::input_error(label, "", core::describe(*json), "an object");
  const auto found = json->find(field);
  if (found == json->end())
    return core::input_error(label, field, "nothing", "a whole number from 1 up");
  if (!found->is_number_unsigned() || *found == 0)
    return core::input_error(label, field, core::describe(*found), "a whole number from 1 up");
  if (*found > version)
    return core::input_error(
        label, field, core::describe(*found),
        "at most " + std::to_string(version) + ": a newer kvscope wrote this file");
  return json;
}

std::string document_text(const nlohmann::ordered_json& json) {
  using Handler = nlohmann::ordered_json::error_handler_t;
  return json.dump(1, ' ', false, Handler::replace) + "\n";
}

}  // namespace kv::app
