// Points and rectangles in units: one unit is a pixel at scale 1, y grows downwards.
#pragma once

#include <algorithm>

namespace kv::scene {

struct Vec2 {
  float x = 0, y = 0;
  bool operator==(const Vec2&) const = default;
};
inline Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
inline Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
inline Vec2 operator*(Vec2 a, float times) { return {a.x * times, a.y * times}; }

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Vec2 center() const { return {x + w / 2, y + h / 2}; }
  bool contains(Vec2 p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  Rect inset(float by) const { return inset(by, by); }
  Rect inset(float dx, float dy) const {
    return {x + dx, y + dy, std::max(0.0F, w - 2 * dx), std::max(0.0F, h - 2 * dy)};
  }
  Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
  bool operator==(const Rect&) const = default;

  // Cut a piece off an edge, leaving this the rest; at most all of it.
  Rect take_left(float width, float gap = 0) {
    const Rect piece{x, y, std::min(width, w), h};
    const float used = std::min(width + gap, w);
    x += used, w -= used;
    return piece;
  }
  Rect take_right(float width, float gap = 0) {
    const Rect piece{right() - std::min(width, w), y, std::min(width, w), h};
    w -= std::min(width + gap, w);
    return piece;
  }
  Rect take_top(float height, float gap = 0) {
    const Rect piece{x, y, w, std::min(height, h)};
    const float used = std::min(height + gap, h);
    y += used, h -= used;
    return piece;
  }
  Rect take_bottom(float height, float gap = 0) {
    const Rect piece{x, bottom() - std::min(height, h), w, std::min(height, h)};
    h -= std::min(height + gap, h);
    return piece;
  }
};

inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline Rect mix(const Rect& a, const Rect& b, float t) {
  return {mix(a.x, b.x, t), mix(a.y, b.y, t), mix(a.w, b.w, t), mix(a.h, b.h, t)};
}

}  // namespace kv::scene
