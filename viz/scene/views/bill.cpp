#include "viz/scene/views/bill.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace kv::scene {
namespace {

using core::Uint128;

void draw_factor(Frame& f, Rect box, const Bill& bill, BillIndex index, Font font) {
  const PartId part{.kind = PartKind::bill_index, .a = static_cast<int>(index)};
  const bool over = hovered(f, part);
  put(f, Box{.rect = box,
             .fill = over ? f.colors.raised : f.colors.ground,
             .line = over ? f.colors.accent : f.colors.border,
             .radius = 8});
  put_place(f, box, part);
  const Rect names = box.take_bottom(46, 0).inset(5, 3);
  put_line(f, box, value_of_index(index, bill), font,
           index == BillIndex::tokens ? f.colors.accent : f.colors.text, Align::center);
  const auto lines = wrap_text(f.metrics, name_of_index(f, index, bill), Font::small, names.w);
  Rect rest = names;
  for (const std::string& line : lines)
    put_line(f, rest.take_top(19), line, Font::small, f.colors.muted, Align::center);
}

std::vector<float> widths_of(const Frame& f, const Bill& bill, Font font) {
  std::vector<float> widths;
  for (const BillIndex index : indices_of(bill))
    widths.push_back(std::max(84.0F, f.width(value_of_index(index, bill), font) + 20));
  return widths;
}

// Whole tokens of each sequence whose rows so many bytes hold.
Uint128 tokens_in(Uint128 bytes, const Bill& bill) {
  return bytes * 8 / std::max<Uint128>(1, bits_per_token(bill) * static_cast<Uint128>(bill.batch));
}

// The same bytes in other words, each only where it says something new: "= 12.2 GiB".
std::string binary_note(const Bill& bill) {
  return bill.cache < 1024 ? std::string() : "= " + binary_bytes_text(bill.cache);
}
std::string whole_note(const Bill& bill) {
  return bill.cache < 1000 ? std::string() : "= " + grouped_text(bill.cache) + " B";
}

}  // namespace

Bill make_bill(StageModel model, std::int64_t tokens, std::int64_t batch, core::KvDtype dtype) {
  const Uint128 cache = core::kv_cache_bytes(model.cost, dtype, tokens, batch);
  const Uint128 weights = 2 * core::total_parameters(model.cost);
  return {.model = std::move(model),
          .tokens = tokens,
          .batch = batch,
          .dtype = dtype,
          .cache = cache,
          .weights = weights};
}

std::span<const BillIndex> indices_of(const Bill& bill) {
  using enum BillIndex;
  static constexpr std::array heads = {k_and_v, layers, batch, kv_heads, tokens, head_dim, bytes};
  static constexpr std::array latent = {values_per_token, batch, tokens, bytes};
  if (bill.model.cost.latent) return latent;
  return heads;
}

std::string name_of_index(const Frame& f, BillIndex index, const Bill& bill) {
  static constexpr std::array<const Phrase*, 8> names = {
      &words::bill_k_and_v, &words::bill_layers,   &words::bill_batch, &words::bill_kv_heads,
      &words::bill_tokens,  &words::bill_head_dim, &words::bill_bytes, &words::bill_values};
  const Phrase& name = *names[static_cast<std::size_t>(index)];
  return index == BillIndex::bytes ? f.say(name, {core::info_of(bill.dtype).name}) : f.say(name);
}

std::string value_of_index(BillIndex index, const Bill& bill) {
  const auto& m = bill.model.cost.model;
  switch (index) {
    case BillIndex::k_and_v:
      return "2";
    case BillIndex::layers:
      return count_text(m.layers);
    case BillIndex::batch:
      return count_text(bill.batch);
    case BillIndex::kv_heads:
      return count_text(m.kv_heads);
    case BillIndex::tokens:
      return count_text(bill.tokens);
    case BillIndex::head_dim:
      return count_text(m.head_dim);
    case BillIndex::bytes:
      return fmt::format("{:g}", core::info_of(bill.dtype).bits / 8.0);
    case BillIndex::values_per_token:
      return grouped_text(core::cached_values_per_token(bill.model.cost));
  }
  return {};
}

// As wide as what stands in each asks for, together the whole width; the figures all in one size.
void draw_bill_factors(Frame& f, Rect area, const Bill& bill) {
  const auto indices = indices_of(bill);
  const auto count = static_cast<float>(indices.size());
  const float room = area.w - 24 * (count - 1);
  Font font = Font::large_bold;
  std::vector<float> widths;
  float more = 0;
  for (const Font candidate : {Font::large_bold, Font::title_bold, Font::body_bold}) {
    font = candidate;
    widths = widths_of(f, bill, font);
    more = (room - std::accumulate(widths.begin(), widths.end(), 0.0F)) / count;
    if (more >= 0) break;
  }
  for (std::size_t i = 0; i < indices.size(); ++i) {
    draw_factor(f, area.take_left(widths[i] + more), bill, indices[i], font);
    if (i + 1 < indices.size())
      put_line(f, area.take_left(24), "\u00D7", Font::title_bold, f.colors.muted, Align::center);
  }
}

void draw_bill_total(Frame& f, const Rect& area, const Bill& bill) {
  const float middle = area.center().y;
  float x = area.x;
  x += put_text(f, {x, middle - 15}, "=", Font::large_bold, f.colors.muted) + 16;
  x += put_text(f, {x, middle - 23}, bytes_text(bill.cache), Font::huge_bold, f.colors.text) + 26;
  x += put_text(f, {x, middle - 9}, binary_note(bill), Font::title, f.colors.text) + 26;
  // Where the whole figure does not fit, it is set smaller before anything of it is cut.
  const std::string whole = whole_note(bill);
  const float room = area.right() - x;
  const Font font = f.width(whole, Font::title) <= room  ? Font::title
                    : f.width(whole, Font::body) <= room ? Font::body
                                                         : Font::small;
  put_line(f, {x, middle - 9, room, 22}, whole, font, f.colors.muted);
}

float bill_total_width(const Frame& f, const Bill& bill) {
  return f.width("=", Font::large_bold) + 16 + f.width(bytes_text(bill.cache), Font::huge_bold) +
         26 + f.width(binary_note(bill), Font::title) + 26 +
         f.width(whole_note(bill), Font::small) + 1;
}

Uint128 bits_per_token(const Bill& bill) {
  return core::cached_values_per_token(bill.model.cost) *
         static_cast<Uint128>(core::info_of(bill.dtype).bits);
}

Uint128 passing_tokens(const Bill& bill) { return tokens_in(bill.weights, bill) + 1; }

Uint128 fitting_tokens(const AcceleratorMemory& memory, const Bill& bill) {
  const auto bytes = static_cast<Uint128>(memory.bytes);
  if (bytes <= bill.weights) return 0;
  return tokens_in(bytes - bill.weights, bill);
}

double plain_scale(const Bill& bill) {
  const double weights = core::to_double(bill.weights);
  return 1.04 * std::max(weights + core::to_double(bill.cache), 2 * weights);
}

}  // namespace kv::scene
