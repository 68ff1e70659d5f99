#include "viz/gl/map_baker.h"

#include "viz/gl/gl_api.h"
#include "viz/gl/shader_program.h"
#include "viz/scene/map_style.h"

namespace kv::gl {
namespace {

constexpr int frames_kept = 8;

void set_color(GLint place, scene::Color c) {
  glUniform3f(place, static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255,
              static_cast<float>(c.b) / 255);
}

bool drawable(const scene::Map& map, int most_texels) {
  if (!map.grid) return false;
  const scene::Grid& grid = *map.grid;
  const bool inside = map.row0 >= 0 && map.column0 >= 0 && map.row0 < map.row1 &&
                      map.column0 < map.column1 && map.row1 <= grid.rows &&
                      map.column1 <= grid.columns;
  const bool whole = grid.cells.size() ==
                     static_cast<std::size_t>(grid.rows) * static_cast<std::size_t>(grid.columns);
  return inside && whole && std::max(grid.rows, grid.columns) <= most_texels;
}

Texture make_sharp_texture() {
  Texture texture = make_texture();
  glBindTexture(GL_TEXTURE_2D, texture.get());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  return texture;
}

}  // namespace

core::Result<std::unique_ptr<MapBaker>> MapBaker::create(const std::string& folder) {
  auto exact = load_program(folder, "map");
  if (!exact) return exact.error();
  auto summarised = load_program(folder, "map", "SUMMARISED");
  if (!summarised) return summarised.error();
  return std::unique_ptr<MapBaker>(new MapBaker(*std::move(exact), *std::move(summarised)));
}

MapBaker::MapBaker(Program exact, Program summarised)
    : exact_(set_up(std::move(exact))),
      summarised_(set_up(std::move(summarised))),
      vertices_(make_vertex_array()),
      framebuffer_(make_framebuffer()) {
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most_texels_);
}

MapBaker::Shading MapBaker::set_up(Program program) {
  const auto at = [&](const char* name) { return glGetUniformLocation(program.get(), name); };
  glUseProgram(program.get());
  glUniform1i(at("cells"), 0);
  glUniform1fv(at("viridis_red"), 7, scene::viridis_red);
  glUniform1fv(at("viridis_green"), 7, scene::viridis_green);
  glUniform1fv(at("viridis_blue"), 7, scene::viridis_blue);
  const scene::LookStyle& style = scene::look_style;
  glUniform1f(at("masked_value"), style.masked_value);
  glUniform1f(at("cached_least"), style.cached_least);
  glUniform1f(at("cached_value"), style.cached_value);
  glUniform1f(at("faded_panel"), style.faded_panel);
  glUseProgram(0);
  const Places places{.texels = at("texels"),
                      .range = at("range"),
                      .bounds = at("bounds"),
                      .scale = at("scale"),
                      .look = at("look"),
                      .summary = at("summary"),
                      .masking = at("masking"),
                      .diagonal = at("diagonal"),
                      .low_color = at("low_color"),
                      .middle_color = at("middle_color"),
                      .high_color = at("high_color"),
                      .panel = at("panel"),
                      .cached = at("cached"),
                      .masked = at("masked")};
  return {std::move(program), places};
}

void MapBaker::set_uniforms(const Places& at, const Key& key) {
  const scene::ScaleEnds& ends = scene::scale_ends(key.scale, key.theme);
  glUniform2i(at.texels, key.texels.width, key.texels.height);
  glUniform4i(at.range, key.row0, key.row1, key.column0, key.column1);
  glUniform2f(at.bounds, key.low, key.high);
  glUniform1i(at.scale, static_cast<int>(key.scale));
  glUniform1i(at.look, static_cast<int>(key.look));
  glUniform1i(at.summary, static_cast<int>(key.grid->summary));
  glUniform1i(at.masking, key.diagonal ? 1 : 0);
  glUniform1i(at.diagonal, key.diagonal.value_or(0));
  set_color(at.low_color, ends.low);
  set_color(at.middle_color, ends.middle);
  set_color(at.high_color, ends.high);
  set_color(at.panel, key.colors[0]);
  set_color(at.cached, key.colors[1]);
  set_color(at.masked, key.colors[2]);
}

Name MapBaker::texture_of(const std::shared_ptr<const scene::Grid>& grid) {
  for (GridTexture& cached : grids_) {
    if (cached.grid != grid) continue;
    cached.unused = 0;
    return cached.texture.get();
  }
  Texture texture = make_sharp_texture();
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, grid->columns, grid->rows, 0, GL_RED, GL_FLOAT,
               grid->cells.data());
  grids_.push_back({grid, std::move(texture), 0});
  return grids_.back().texture.get();
}

Texture MapBaker::render(const Key& key) {
  Texture texture = make_sharp_texture();
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, key.texels.width, key.texels.height, 0, GL_RGBA,
               GL_UNSIGNED_BYTE, nullptr);
  GLint bound = 0;
  glGetIntegerv(GL_FRAMEBUFFER_BINDING, &bound);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.get());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture.get(), 0);
  glViewport(0, 0, key.texels.width, key.texels.height);
  glDisable(GL_BLEND);
  glDisable(GL_SCISSOR_TEST);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_of(key.grid));
  const bool exact = key.texels == Pixels{key.column1 - key.column0, key.row1 - key.row0};
  const Shading& shading = exact ? exact_ : summarised_;
  glUseProgram(shading.program.get());
  set_uniforms(shading.at, key);
  glBindVertexArray(vertices_.get());
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  glBindVertexArray(0);
  glUseProgram(0);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, 0, 0);
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<Name>(bound));
  return texture;
}

Name MapBaker::find_or_render(Key key) {
  for (Baked& baked : baked_) {
    if (baked.key != key) continue;
    baked.unused = 0;
    return baked.texture.get();
  }
  Texture texture = render(key);
  baked_.push_back({std::move(key), std::move(texture), 0});
  return baked_.back().texture.get();
}

MapBaker::Picture MapBaker::bake(const scene::Map& map, Pixels texels, scene::Theme theme,
                                 const scene::Palette& colors) {
  if (!drawable(map, most_texels_) || texels.width < 1 || texels.height < 1) return {};
  // Patterns are not baked: what is computed again has the colours of what is plain.
  const scene::Look look = map.look == scene::Look::again ? scene::Look::plain : map.look;
  Key key{.grid = map.grid,
          .row0 = map.row0,
          .row1 = map.row1,
          .column0 = map.column0,
          .column1 = map.column1,
          .scale = map.scale,
          .low = map.low,
          .high = map.high,
          .look = look,
          .diagonal = map.diagonal,
          .texels = texels,
          .theme = theme,
          .colors = {colors.panel, colors.cached, colors.masked}};
  if (texels != Pixels{map.column1 - map.column0, map.row1 - map.row0})
    return {find_or_render(std::move(key)), texels, 0, 0};
  // Where every cell has its texel, all ranges of a grid share a texture: one that grows row by row
  // costs nothing.
  key.row0 = key.column0 = 0;
  key.row1 = map.grid->rows, key.column1 = map.grid->columns;
  key.texels = {map.grid->columns, map.grid->rows};
  return {
      find_or_render(std::move(key)), {map.grid->columns, map.grid->rows}, map.column0, map.row0};
}

void MapBaker::end_frame() {
  std::erase_if(grids_, [](GridTexture& cached) { return ++cached.unused > frames_kept; });
  std::erase_if(baked_, [](Baked& cached) { return ++cached.unused > frames_kept; });
}

std::uint64_t MapBaker::texture_bytes() const {
  std::uint64_t bytes = 0;
  for (const GridTexture& cached : grids_) bytes += cached.grid->cells.size() * sizeof(float);
  for (const Baked& baked : baked_)
    bytes += std::uint64_t{4} * static_cast<std::uint64_t>(baked.key.texels.width) *
             static_cast<std::uint64_t>(baked.key.texels.height);
  return bytes;
}

}  // namespace kv::gl
