#version 330 core
// The cells of a matrix as colours, a texel each, or a texel for several where SUMMARISED is set.
// viz/scene/map_style.cpp says the same in C++.
uniform sampler2D cells;  // R32F
uniform ivec2 texels;     // of what is drawn into; its first row is the range's first row
uniform ivec4 range;      // row0, row1, column0, column1
uniform vec2 bounds;      // values at the ends of the scale
uniform int scale;        // 0 sequential, 1 diverging, 2 heat
uniform int look;         // 0 plain, 1 again, 2 cached, 3 masked, 4 faded
uniform int summary;      // 0 largest, 1 most extreme, 2 mean, 3 smallest
uniform int masking;      // cells with column > row + diagonal are masked
uniform int diagonal;
uniform vec3 low_color, middle_color, high_color;
uniform vec3 panel, cached, masked;
uniform float masked_value, cached_least, cached_value, faded_panel;
uniform float viridis_red[7], viridis_green[7], viridis_blue[7];
out vec4 color;

const int CACHED = 2, MASKED = 3, FADED = 4;

float poly(float c[7], float x) {
  return c[0] + x * (c[1] + x * (c[2] + x * (c[3] + x * (c[4] + x * (c[5] + x * c[6])))));
}

float share_of(float value) {
  if (isnan(value)) return 0.0;
  if (scale == 1) return clamp(value / max(bounds.y, 1e-30), -1.0, 1.0);
  return clamp((value - bounds.x) / max(bounds.y - bounds.x, 1e-30), 0.0, 1.0);
}

vec3 color_of(float x) {
  if (scale == 0)
    return clamp(vec3(poly(viridis_red, x), poly(viridis_green, x), poly(viridis_blue, x)), 0.0,
                 1.0);
  return mix(middle_color, x < 0.0 ? low_color : high_color, abs(x));
}

#ifdef SUMMARISED
// One number for all cells of a texel: of those on and below the diagonal where there are some.
float value_of(ivec2 texel, out bool hidden) {
  ivec2 count = ivec2(range.w - range.z, range.y - range.x);
  ivec2 first = texel * count / texels;
  ivec2 last = max(first, ((texel + 1) * count + texels - 1) / texels - 1);
  first += ivec2(range.z, range.x);
  last += ivec2(range.z, range.x);
  hidden = masking == 1 && first.x > last.y + diagonal;
  float best = 0.0;
  float seen = 0.0;
  for (int row = first.y; row <= last.y; ++row) {
    for (int column = first.x; column <= last.x; ++column) {
      bool above = masking == 1 && column > row + diagonal;
      if (above != hidden) continue;
      float value = texelFetch(cells, ivec2(column, row), 0).r;
      bool better = summary == 0 ? value > best
                  : summary == 1 ? abs(value) > abs(best) : value < best;
      if (summary == 2) best += value;
      else if (seen == 0.0 || better) best = value;
      seen += 1.0;
    }
  }
  return summary == 2 ? best / seen : best;
}
#else
float value_of(ivec2 texel, out bool hidden) {
  ivec2 cell = texel + ivec2(range.z, range.x);
  hidden = masking == 1 && cell.x > cell.y + diagonal;
  return texelFetch(cells, cell, 0).r;
}
#endif

void main() {
  bool hidden;
  float share = share_of(value_of(ivec2(gl_FragCoord.xy), hidden));
  vec3 base = color_of(share);
  if (hidden || look == MASKED) {
    base = mix(masked, base, masked_value);
  } else if (look == CACHED) {
    vec3 grey = mix(middle_color, cached, cached_least + (1.0 - cached_least) * abs(share));
    base = mix(grey, base, cached_value);
  } else if (look == FADED) {
    base = mix(base, panel, faded_panel);
  }
  color = vec4(base, 1.0);
}
