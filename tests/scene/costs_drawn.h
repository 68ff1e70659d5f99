// The pages of the place Costs drawn alone, without any run.
#pragma once

#include "tests/scene/stages_drawn.h"
#include "viz/scene/lab_view.h"

namespace kv::test {

inline constexpr scene::Rect usual_page{10, 20, 1240, 760};

// Probe, both benches and times by length, all of them fixed numbers.
scene::LabView measured_lab();

// Llama-3-8B at 100,000 tokens, on an H100; no run.
Looking costs_of(const char* preset = "llama-3-8b", std::int64_t tokens = 100'000,
                 bool measured = true);

const View& memory_page();
const View& roofline_page();
const View& machine_page();

}  // namespace kv::test
