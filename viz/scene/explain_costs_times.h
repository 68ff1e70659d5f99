// What explain_costs_place() says of times: points, components, speeds, claims, benches.
#pragma once

#include "viz/scene/explain.h"

namespace kv::scene {

Explanation explain_roof_point(const Frame& f, const PartId& part);
Explanation explain_bound(const Frame& f, const PartId& part);
Explanation explain_speed(const Frame& f, const PartId& part);
Explanation explain_claim(const Frame& f, const PartId& part);
Explanation explain_bench(const Frame& f, const PartId& part);

}  // namespace kv::scene
