#include "app/shell/commands/list.h"

#include <fmt/format.h>

#include <concepts>
#include <variant>
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

using Cell = std::variant<std::string, core::Uint128>;

// What there is to say of one thing: a name, and fields in the order of the titles.
struct Listing {
  std::vector<std::string> titles;
  std::vector<std::vector<Cell>> rows;
};

template <std::integral T>
Cell whole(T number) {
  return static_cast<core::Uint128>(number);
}

Listing list_models() {
  Listing out{{"name", "family", "layers", "width", "parameters"}, {}};
  for (const std::string& name : built_in_models()) {
    const auto config = open_config(name);
    if (!config) continue;
    out.rows.push_back({name, core::name_of(config->family), whole(config->layers),
                        whole(config->d_model), core::parameter_count(*config)});
  }
  return out;
}

Listing list_lessons() {
  Listing out{{"name", "number", "beats", "title"}, {}};
  for (const Lesson& lesson : read_lessons(lessons_folder()).lessons)
    out.rows.push_back({lesson.id, whole(lesson.number), whole(lesson.beats.size()),
                        lesson.in(scene::Language::en).title});
  return out;
}

Listing list_presets() {
  Listing out{{"name", "parameters", "cache_bytes_per_token_f16", "source"}, {}};
  for (const core::Preset& preset : core::presets())
    out.rows.push_back({preset.name, core::total_parameters(preset.cost),
                        core::kv_cache_bytes(preset.cost, core::KvDtype::f16, 1), preset.source});
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
    for (std::size_t i = 0; i < row.size(); ++i)
      std::visit([&](const auto& cell) { json.member(listing.titles[i], cell); }, row[i]);
    json.end_object();
  }
  json.end_array();
  return out;
}

std::string cell_text(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : core::to_string(std::get<core::Uint128>(cell));
}

std::string listing_text(const Listing& listing) {
  TextTable table;
  for (const std::string& title : listing.titles)
    table.columns.push_back({title, Align::left, {}, 100});
  for (const auto& row : listing.rows) {
    auto& texts = table.rows.emplace_back();
    for (const Cell& cell : row) texts.push_back(cell_text(cell));
  }
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
