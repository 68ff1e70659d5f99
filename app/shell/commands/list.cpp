#include "app/shell/commands/list.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/shell/json_writer.h"
#include "app/shell/lesson_store.h"
#include "app/shell/open_model.h"
#include "app/shell/outcome.h"
#include "app/shell/text_table.h"
#include "core/cost/presets.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

// What there is to say of one thing: a name, and fields in the order of the titles.
struct Listing {
  std::vector<std::string> titles;
  std::vector<std::vector<std::string>> rows;
};

Listing list_models() {
  Listing out{{"name", "family", "layers", "width", "parameters"}, {}};
  for (const std::string& name : built_in_models()) {
    const auto config = open_config(name);
    if (!config) continue;
    out.rows.push_back({name, core::name_of(config->family), std::to_string(config->layers),
                        std::to_string(config->d_model),
                        core::to_string(core::parameter_count(*config))});
  }
  return out;
}

Listing list_lessons() {
  Listing out{{"name", "number", "beats", "title"}, {}};
  for (const Lesson& lesson : read_lessons(lessons_folder()).lessons)
    out.rows.push_back({lesson.id, std::to_string(lesson.number),
                        std::to_string(lesson.beats.size()),
                        lesson.in(scene::Language::en).title});
  return out;
}

Listing list_presets() {
  Listing out{{"name", "parameters", "cache_bytes_per_token_f16", "source"}, {}};
  for (const core::Preset& preset : core::presets())
    out.rows.push_back({preset.name, core::to_string(core::total_parameters(preset.cost)),
                        core::to_string(core::kv_cache_bytes(preset.cost, core::KvDtype::f16, 1)),
                        preset.source});
  return out;
}

Listing list_languages() {
  return {{"name", "language"},
          {{"en", "English"}, {"ru", "Русский"}, {"zh", "简体中文"}, {"ko", "한국어"}}};
}

std::string listing_json(const Listing& listing) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const auto& row : listing.rows) {
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) json.member(listing.titles[i], row[i]);
    json.end_object();
  }
  json.end_array();
  return out;
}

std::string listing_text(const Listing& listing) {
  TextTable table;
  for (const std::string& title : listing.titles)
    table.columns.push_back({title, Align::left, {}, 100});
  table.rows = listing.rows;
  return to_text(table);
}

}  // namespace

int list(const std::string& what, bool json) {
  const Listing listing = what == "models"    ? list_models()
                          : what == "lessons" ? list_lessons()
                          : what == "presets" ? list_presets()
                                              : list_languages();
  return print(json ? listing_json(listing) : listing_text(listing));
}

}  // namespace kv::app
