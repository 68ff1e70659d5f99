// Stages of lessons drawn alone, and what there is to ask of the result.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/scene/looking.h"
#include "viz/scene/views/stages.h"

namespace kv::test {

inline constexpr scene::Rect wide{10, 20, 1100, 700};

scene::BenchView measured_bench();

struct View {
  const char* id;
  std::function<void(scene::Frame&, const scene::Rect&)> draw;
};
// Every stage in each of its forms.
std::vector<View> all_views();

// A run that began with one token, as the chart compares it.
Looking one_token_run(int steps = 12);

scene::Scene drawn(Looking& looking, const View& view, const scene::Rect& area);

struct Extent {
  scene::Rect rect;
  std::string what;
};
std::vector<Extent> texts_of(const scene::Scene& scene);
std::vector<scene::Path> paths_of(const scene::Scene& scene);
bool says(const scene::Scene& scene, std::string_view words);

// No text and no place leaves the area, and nothing was cut.
void expect_inside(const scene::Scene& scene, const scene::Rect& area);
// No text lies on another.
void expect_apart(const scene::Scene& scene);

}  // namespace kv::test
