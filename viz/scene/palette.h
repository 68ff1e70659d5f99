// What colours mean, in one place. Query, key and value have one hue each wherever they appear, in
// text, formulas, matrices and charts; meaning is never carried by colour alone (see Look,
// Pattern).
#pragma once

#include <cstdint>

namespace kv::scene {

struct Color {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  bool operator==(const Color&) const = default;
  Color with_alpha(float share) const;  // alpha multiplied by 0..1
};
// 0xRRGGBB
constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8 & 0xFF),
          static_cast<std::uint8_t>(hex & 0xFF), 255};
}
Color mix(Color a, Color b, float t);

enum class Theme { dark, light };

// Roles. Hues of meaning are from Okabe and Ito's colour-blind-safe set, darkened for the light
// theme until text in them has a contrast of 4.5:1 on `panel`.
struct Palette {
  Color ground, panel, raised, border, track;  // surfaces, from the back to the front
  Color text, muted, faint;                    // faint is for marks, never for words
  Color accent, accent_text;                   // the one interactive colour, and words upon it
  Color query, key, value;
  Color without, with;        // the two sides, in titles and charts
  Color again;                // computed again
  Color fresh;                // the outline of what is new
  Color cached;               // kept from earlier steps
  Color masked, masked_line;  // above the diagonal: ground and pattern
  Color good, bad;
  Color mlp, output, head, other;  // further components
  Color shadow;
};
const Palette& palette(Theme theme, bool high_contrast);

// How numbers become colours.
enum class Scale {
  sequential,  // viridis, 0 to 1: probabilities, shares
  diverging,   // purple - neutral - teal, centred at 0: signed entries; no hue of query, key, value
  heat,        // from the panel to vermilion: how often a row was computed
};
// Viridis (van der Walt and Smith, CC0) as polynomials of the share, lowest power first: the shader
// has the same ones, so that no lookup texture is needed.
inline constexpr float viridis_red[7] = {0.268991F, 0.212180F, -0.928798F, -3.141656F,
                                         4.525889F, 5.716727F, -5.664303F};
inline constexpr float viridis_green[7] = {0.004314F,  1.454235F,   -0.315012F, -3.661252F,
                                           10.327225F, -10.526631F, 3.622448F};
inline constexpr float viridis_blue[7] = {0.330482F,  1.357094F,   0.865881F, -23.738011F,
                                          67.089999F, -76.183175F, 30.418723F};
// The other scales mix `middle` with one end.
struct ScaleEnds {
  Color low, middle, high;
};
const ScaleEnds& scale_ends(Scale scale, Theme theme);  // diverging, heat

// `share`: 0..1 for sequential and heat, -1..1 for diverging; outside is clamped.
Color scale_color(Scale scale, float share, Theme theme);

// Relative luminance contrast of WCAG 2, 1 to 21.
double contrast(Color a, Color b);

}  // namespace kv::scene
