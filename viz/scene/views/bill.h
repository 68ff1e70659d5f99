// The bill of a KV cache: its size factor by factor, and its bytes beside those of the weights.
// What the lessons' stage and the laboratory's page share.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "viz/scene/views/stages.h"

namespace kv::scene {

struct Bill {
  StageModel model;
  std::int64_t tokens = 0, batch = 1;
  core::KvDtype dtype = core::KvDtype::f16;
  core::Uint128 cache = 0, weights = 0;  // bytes; weights in 16 bits
};
Bill make_bill(StageModel model, std::int64_t tokens, std::int64_t batch, core::KvDtype dtype);

// What an index of the cache's shape, or a factor of its size, is called.
std::string name_of_index(const Frame& f, BillIndex index, const Bill& bill);
// Its number: "32", "100,000", "0.5".
std::string value_of_index(BillIndex index, const Bill& bill);
// In the order in which they are multiplied.
std::span<const BillIndex> indices_of(const Bill& bill);

// The lessons' picture: factors, sum, scale and shape.
void draw_bill_panel(Frame& f, const Rect& area, const Bill& bill);

// Boxes with times signs between them, 104 units high and more; all of them can be pointed at.
void draw_bill_factors(Frame& f, Rect area, const Bill& bill);

// "= 13.1 GB = 12.2 GiB = 13,107,200,000 B", 58 units high.
void draw_bill_total(Frame& f, const Rect& area, const Bill& bill);
// The least width at which nothing of it is cut.
float bill_total_width(const Frame& f, const Bill& bill);

// Bits of one position of one sequence.
core::Uint128 bits_per_token(const Bill& bill);
// Tokens of each sequence from which on the cache is larger than the weights.
core::Uint128 passing_tokens(const Bill& bill);

// How much an accelerator holds, as its maker says it: 1 GB = 10^9 bytes. Sources: NVIDIA's data
// sheets of the RTX 4090, A100 80GB, H100 SXM and H200; the last is a server with eight.
struct AcceleratorMemory {
  const char* name;  // "80 GB"
  const char* of;    // what has as much
  std::int64_t bytes;
};
inline constexpr std::array<AcceleratorMemory, 4> accelerator_memories = {{
    {"24 GB", "RTX 4090", 24'000'000'000},
    {"80 GB", "A100-80G, H100 SXM", 80'000'000'000},
    {"141 GB", "H200", 141'000'000'000},
    {"8 \u00D7 80 GB", "8 \u00D7 H100 SXM", 640'000'000'000},
}};
// Positions of each sequence that it holds beside the weights; 0 where these alone are too large.
core::Uint128 fitting_tokens(const AcceleratorMemory& memory, const Bill& bill);

// Weights and cache end to end on one scale from 0 to `high` bytes, 136 units high and more; with
// `memories`, what of accelerator_memories ends on it is marked.
void draw_bill_scale(Frame& f, Rect area, const Bill& bill, double high, bool memories);
// Reaches to where both would be equal.
double plain_scale(const Bill& bill);

}  // namespace kv::scene
