// A lesson's text as it is drawn, for whoever looks at what is where in it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/scene/looking.h"
#include "viz/scene/rich_text.h"
#include "viz/scene/type_scale.h"

namespace kv::test::rich_text {

using namespace kv::scene;

inline const char* const english =
    "Each step brings one new row, and everything before it was computed already; "
    "the cache keeps what would have been computed again, internationalization included";
inline Block words(std::vector<Span> spans, Block::Kind kind = Block::Kind::paragraph) {
  return {kind, std::move(spans)};
}
inline Block display(const char* source) { return words({{.text = source}}, Block::Kind::formula); }

struct Drawn {
  explicit Drawn(const RichText& text, float width, RichTextStyle style = {}, PartId hover = {},
                 int first_link = 0) {
    looking.view.hover = hover;
    Frame f = looking.frame();
    style.color = f.colors.text;
    area = {100, 50, width, 0};
    result = draw_rich_text(f, area, text, style, first_link);
    height = rich_text_height(f, width, text, style);
  }

  template <class Shape>
  std::vector<Shape> all() const {
    std::vector<Shape> found;
    for (const Primitive& item : looking.scene.items)
      if (const auto* shape = std::get_if<Shape>(&item)) found.push_back(*shape);
    return found;
  }
  Rect rect(const Text& t) const {
    return {t.at.x, t.at.y, looking.metrics.width(t.text, t.font), info_of(t.font).size};
  }
  // The first that contains it.
  Text text_with(std::string_view part) const {
    for (const Text& text : all<Text>())
      if (text.text.find(part) != std::string::npos) return text;
    ADD_FAILURE() << "no " << part;
    return {};
  }
  // Whole lines, as they are read, with their tops; scripts and fractions make lines of their own.
  std::vector<std::string> lines() const {
    std::vector<std::string> found;
    float baseline = -1;
    for (const Text& text : all<Text>()) {
      const float here = text.at.y + ascent_of(text.font);
      if (found.empty() || std::fabs(here - baseline) > 0.01F) found.emplace_back();
      found.back() += text.text;
      baseline = here;
    }
    return found;
  }
  const std::vector<Place>& places() const { return looking.scene.places; }

  Looking looking;
  Rect area;
  DrawnText result;
  float height = 0;
};

}  // namespace kv::test::rich_text
