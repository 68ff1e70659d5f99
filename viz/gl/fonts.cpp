#include "viz/gl/fonts.h"

#include <fmt/format.h>
#include <imgui.h>
#include <imgui/imgui_freetype.h>

#include <cstdlib>
#include <new>

#include "core/base/utf8.h"
#include "viz/scene/language.h"

namespace kv::gl {
namespace {

// A line of Inter is 1.21 times its letters' size: text set to the scale's size alone would look
// small in its line.
constexpr float fill_line = 1.14F;
// The other families beside Inter: their letters as large as its own.
constexpr float mathematics_size = 0.96F, east_asian_size = 0.94F;

constexpr char32_t replacement = 0xFFFD;

// Calls use(code point) for each character; bytes that are none count as a replacement each, as
// ImGui draws them.
void for_each_code_point(std::string_view text, const auto& use) {
  while (!text.empty()) {
    const std::size_t length = core::utf8_length(text);
    use(length ? core::decode_utf8(text) : replacement);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
}

constexpr bool is_digit(unsigned code) { return code >= '0' && code <= '9'; }

// Digits all take the room of the widest, so that counters do not dance.
void make_tabular(ImFont& font) {
  float widest = 0;
  for (const ImFontGlyph& glyph : font.Glyphs)
    if (is_digit(glyph.Codepoint)) widest = std::max(widest, glyph.AdvanceX);
  for (ImFontGlyph& glyph : font.Glyphs) {
    if (!is_digit(glyph.Codepoint)) continue;
    const float shift = std::floor((widest - glyph.AdvanceX) / 2 + 0.5F);
    glyph.X0 += shift, glyph.X1 += shift;
    glyph.AdvanceX = widest;
  }
  font.BuildLookupTable();
}

std::vector<ImWchar> ranges_of(const std::bitset<0x10000>& wanted) {
  std::vector<ImWchar> ranges;
  for (std::size_t code = 0; code < wanted.size(); ++code) {
    if (!wanted[code]) continue;
    const auto letter = static_cast<ImWchar>(code);
    if (!ranges.empty() && ranges.back() + 1 == letter)
      ranges.back() = letter;
    else
      ranges.insert(ranges.end(), {letter, letter});
  }
  ranges.push_back(0);
  return ranges;
}

ImFont* add(ImFontAtlas& atlas, const std::string& file, float pixels, const ImWchar* ranges,
            ImFontConfig config) {
  config.FontDataOwnedByAtlas = false;
  return atlas.AddFontFromMemoryTTF(const_cast<char*>(file.data()), static_cast<int>(file.size()),
                                    std::round(pixels), &config, ranges);
}

ImFont* add_family(ImFontAtlas& atlas, const FontFiles& files, bool bold, float pixels,
                   const ImWchar* ranges) {
  ImFontConfig config;
  ImFont* const font = add(atlas, bold ? files.bold : files.regular, pixels, ranges, config);
  config.MergeMode = true;
  add(atlas, bold ? files.mathematics_bold : files.mathematics, pixels * mathematics_size, ranges,
      config);
  if (bold) config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_Bold;
  add(atlas, files.east_asian, pixels * east_asian_size, ranges, config);
  return font;
}

// ImGui writes to whatever it is given: where there is no memory, the end must be one that is said.
void* allocate(std::size_t size, void*) {
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

constexpr float most_scale = 4.5F;  // 8K pictures have 4

Advances::Table measure(const ImFont& font, float pixels_per_unit) {
  Advances::Table table;
  table.of.assign(static_cast<std::size_t>(font.IndexAdvanceX.Size), -1);
  table.fallback = font.FallbackAdvanceX / pixels_per_unit;
  for (const ImFontGlyph& glyph : font.Glyphs)
    if (glyph.Codepoint < table.of.size())
      table.of[glyph.Codepoint] = glyph.AdvanceX / pixels_per_unit;
  return table;
}

}  // namespace

float Advances::width(std::string_view text, scene::Font font) const {
  const Table& table = fonts[static_cast<std::size_t>(font)];
  float sum = 0;
  for_each_code_point(text, [&](char32_t code) {
    const bool known = code < table.of.size() && table.of[code] >= 0;
    sum += known ? table.of[code] : table.fallback;
  });
  return sum;
}

Fonts::Fonts() {
  ImGui::SetAllocatorFunctions(allocate, [](void* memory, void*) { std::free(memory); });
  for (std::size_t code = 0x20; code < 0x7F; ++code) wanted_.set(code);
  for (std::size_t code = 0xA0; code < 0x100; ++code) wanted_.set(code);
  for (std::size_t code = 0x400; code < 0x460; ++code) wanted_.set(code);
  need(
      "\u2212\u00D7\u00B7\u221A\u2026\u2190\u2191\u2192\u2193\u21BB\u2205\u2423\u1D40\u2092\u2299"
      "\u03A3\u03B5\u03B8\u00B2\u00B3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u207B\u2248\u2264"
      "\u2265\u221E\u2713\u2717\u25D0\u25B2\u25BC\u2013\u2014\u201C\u201D\u00AB\u00BB\uFFFD"
      "\u2581\u03C3\u03BC\u00B5\u2260\u2208\u22EE\u21B5\u2550\u2502");
  for (const scene::Language language : scene::languages) need(scene::name_of(language));
  for (const scene::Phrase* phrase : scene::all_phrases())
    for (const char* text : phrase->text) need(text);
}

bool Fonts::need(std::string_view text) {
  bool more = false;
  for_each_code_point(text, [&](char32_t code) {
    if (code < 0x20 || code >= wanted_.size() || wanted_[code]) return;
    wanted_.set(code);
    more = true;
  });
  return more;
}

core::Status Fonts::build(ImFontAtlas& atlas, float pixels_per_unit) {
  // ImGui packs letters in at most 32,768 rows and then writes beyond them.
  if (pixels_per_unit > most_scale)
    return core::Error{core::ErrorKind::machine,
                       fmt::format("letters: found a scale of {:.3g} pixels per unit, expected at "
                                   "most {}; a smaller picture or scale has it",
                                   pixels_per_unit, most_scale)};
  if (!files_) {
    auto files = read_font_files();
    if (!files) return files.error();
    files_ = *std::move(files);
  }
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  // Snapped to whole pixels upright only: letters keep their shapes and distances.
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas.TexDesiredWidth = pixels_per_unit > 3 ? 16384 : pixels_per_unit > 1.2F ? 4096 : 2048;
  const std::vector<ImWchar> ranges = ranges_of(wanted_);  // read by Build()
  for (int i = 0; i < scene::font_count; ++i) {
    const scene::FontInfo info = scene::info_of(static_cast<scene::Font>(i));
    fonts_[static_cast<std::size_t>(i)] = add_family(
        atlas, *files_, info.bold, info.size * fill_line * pixels_per_unit, ranges.data());
  }
  if (!atlas.Build())
    return core::Error{core::ErrorKind::internal, "fonts: the atlas could not be built"};
  auto advances = std::make_shared<Advances>();
  for (std::size_t i = 0; i < fonts_.size(); ++i) {
    make_tabular(*fonts_[i]);
    advances->fonts[i] = measure(*fonts_[i], pixels_per_unit);
  }
  advances_ = std::move(advances);
  scale_ = pixels_per_unit;
  return {};
}

scene::FontMetrics Fonts::metrics() const {
  return {[advances = advances_](std::string_view text, scene::Font font) {
    return advances->width(text, font);
  }};
}

bool Fonts::has_glyph(scene::Font font, char32_t code_point) const {
  return code_point < wanted_.size() &&
         get(font)->FindGlyphNoFallback(static_cast<ImWchar>(code_point)) != nullptr;
}

}  // namespace kv::gl
