#include "core/base/json_describe.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace kv::core {
namespace {

constexpr std::size_t longest_list_shown = 8;

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string describe_array(const nlohmann::json& array) {
  std::string text = "[";
  for (const auto& element : array) {
    if (!element.is_number() || array.size() > longest_list_shown)
      return "an array of " + counted(array.size(), "element", "elements");
    if (text.size() > 1) text += ", ";
    text += element.dump();
  }
  return text + "]";
}

}  // namespace

std::string describe(const nlohmann::json& value) {
  if (value.is_string()) return core::quoted(value.get_ref<const std::string&>());
  if (value.is_array()) return describe_array(value);
  if (value.is_object()) return "an object of " + counted(value.size(), "key", "keys");
  return value.dump();
}

}  // namespace kv::core
