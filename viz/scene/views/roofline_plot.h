// A machine's roof with prefill and decoding as points below it: what the lessons' stage and the
// laboratory's page share.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/cost/inference.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {

struct RoofWork {
  RooflinePoint point;
  const Phrase& name;
  Color color;
  core::Work work;

  double seconds(const core::Machine& machine) const { return core::seconds_of(machine, work); }
};
using RoofWorks = std::array<RoofWork, 3>;  // by RooflinePoint
RoofWorks roof_works(const Frame& f, const core::InferenceSetting& setting, std::int64_t tokens);

// "12.5", "37,000".
std::string intensity_text(double value);
// A tick's figure: "0.1", "1,000", "10 k", "2.46 M".
std::string scale_text(double value);
// Whether computing takes longer than moving, and which of the two it is in words.
inline bool computing_limits(const core::Machine& machine, const core::Work& work) {
  return work.intensity() >= machine.ridge();
}
const Phrase& limit_of(const core::Machine& machine, const core::Work& work);

// How a point is drawn: prefill is a ring, so that it is seen where decoding without the cache does
// the very same work.
void draw_roof_marker(Frame& f, Vec2 at, const RoofWork& work);

// Beside each point its numbers in three lines, or its name alone.
enum class RoofLabels { numbers, names };
// Axes, roof, points. What does not fit beside a point is left out.
void draw_roof_plot(Frame& f, Rect area, const core::Machine& machine, const RoofWorks& works,
                    RoofLabels labels = RoofLabels::numbers);

// The lessons' picture: the plot, and beside it what goes into each point.
void draw_roofline_panel(Frame& f, const Rect& area, const core::Machine& machine,
                         const core::InferenceSetting& setting, std::int64_t tokens,
                         const std::string& model);

}  // namespace kv::scene
