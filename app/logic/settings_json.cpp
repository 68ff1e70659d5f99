#include <algorithm>

#include "app/logic/field_reader.h"
#include "app/logic/session.h"
#include "app/logic/setting_ids.h"
#include "core/base/utf8.h"

namespace kv::app {
namespace {

constexpr int settings_version = 1;
constexpr std::size_t most_recent_models = 12;

void read_recent(FieldReader& reader, std::vector<std::string>& models) {
  const auto* list = reader.list("recent_models", most_recent_models);
  if (!list) return;
  for (const auto& name : *list) {
    if (!name.is_string())
      return reader.refuse("recent_models", "something else", "names of models");
    models.push_back(name.get<std::string>());
  }
}

}  // namespace

std::string to_json(const Settings& s) {
  nlohmann::ordered_json json;
  json["version"] = settings_version;
  json["language"] = scene::code_of(s.language);
  json["theme"] = theme_ids[static_cast<std::size_t>(s.theme)];
  json["font_scale"] = s.font_scale;
  json["high_contrast"] = s.high_contrast;
  json["reduced_motion"] = s.reduced_motion;
  json["speed"] = s.speed;
  json["recent_models"] = nlohmann::ordered_json::array();
  // A folder whose name is no text cannot be written down.
  for (const std::string& model : s.recent_models)
    if (core::find_invalid_utf8(model) == std::string::npos) json["recent_models"].push_back(model);
  return document_text(json);
}

core::Result<Settings> parse_settings(std::string_view text, const std::string& label) {
  const auto json = parse_document(text, label, settings_version);
  if (!json) return json.error();
  FieldReader reader(*json, label);
  Settings s;
  int version = 0;
  reader.whole("version", version, 1, settings_version);
  std::array<const char*, scene::languages.size()> codes{};
  std::ranges::transform(scene::languages, codes.begin(), scene::code_of);
  reader.choice("language", s.language, codes);
  reader.choice("theme", s.theme, theme_ids);
  reader.number("font_scale", s.font_scale, 0.7, 2);
  reader.flag("high_contrast", s.high_contrast);
  reader.flag("reduced_motion", s.reduced_motion);
  reader.number("speed", s.speed, 0.25, 8);
  read_recent(reader, s.recent_models);
  reader.end();
  if (reader.error()) return *reader.error();
  return s;
}

}  // namespace kv::app
