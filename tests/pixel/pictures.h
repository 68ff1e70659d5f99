// Pictures a person has approved, as PNG beside the test that draws them.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "viz/gl/offscreen.h"

namespace kv::test {

// The one offscreen renderer of the program's tests; fails the test where there is none.
gl::Offscreen& offscreen();

gl::Image draw_scene(const scene::Scene& scene, float pixels_per_unit = 1);

// How two pictures differ; nothing where they are alike. Processors round colours and edges of
// letters differently: single pixels may be off by a little, a group of neighbours may not.
std::optional<std::string> difference(const gl::Image& expected, const gl::Image& found);

// Fails the test where `found` differs from tests/pixel/golden/NAME.png; then the picture found and
// the places that differ lie in a folder that the message names. KVSCOPE_APPROVE=1 takes it as
// expected. Where fonts or Mesa are of another version than those that the pictures were approved
// with (golden/made_with.txt), nothing is compared and the test counts as skipped.
void expect_picture(const std::string& name, const gl::Image& found);

}  // namespace kv::test
