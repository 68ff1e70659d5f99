#include <algorithm>
#include <numeric>

#include "viz/scene/views/axes.h"
#include "viz/scene/views/stages.h"

namespace kv::scene {
namespace {

using core::Uint128;

struct Factor {
  BillIndex index;
  std::string value;
  std::string name;
  Color color;
};

struct Bill {
  StageModel model;
  std::int64_t tokens = 0, batch = 1;
  const core::KvDtypeInfo& dtype;
  Uint128 cache = 0, weights = 0;
};

Bill bill_of(const Frame& f, const StageSpec& spec, const StageModel& model) {
  const std::int64_t tokens = stage_tokens(f, spec), batch = std::max<std::int64_t>(1, spec.batch);
  return {.model = model,
          .tokens = tokens,
          .batch = batch,
          .dtype = core::info_of(spec.dtype),
          .cache = core::kv_cache_bytes(model.cost, spec.dtype, tokens, batch),
          .weights = 2 * core::total_parameters(model.cost)};
}

std::vector<Factor> factors_of(const Frame& f, const Bill& bill) {
  const auto& m = bill.model.cost.model;
  const Color ink = f.colors.text;
  const Factor batch{BillIndex::batch, count_text(bill.batch), f.say(words::bill_batch), ink};
  const Factor tokens{BillIndex::tokens, count_text(bill.tokens), f.say(words::bill_tokens),
                      f.colors.accent};
  const Factor bytes{BillIndex::bytes, fmt::format("{:g}", bill.dtype.bits / 8.0),
                     f.say(words::bill_bytes, {bill.dtype.name}), ink};
  if (bill.model.cost.latent)
    return {
        {BillIndex::values_per_token, grouped_text(core::cached_values_per_token(bill.model.cost)),
         f.say(words::bill_values), ink},
        batch,
        tokens,
        bytes};
  return {{BillIndex::k_and_v, "2", f.say(words::bill_k_and_v), ink},
          {BillIndex::layers, count_text(m.layers), f.say(words::bill_layers), ink},
          batch,
          {BillIndex::kv_heads, count_text(m.kv_heads), f.say(words::bill_kv_heads), ink},
          tokens,
          {BillIndex::head_dim, count_text(m.head_dim), f.say(words::bill_head_dim), ink},
          bytes};
}

void draw_factor(Frame& f, Rect box, const Factor& factor, Font font) {
  const PartId part{.kind = PartKind::bill_index, .a = static_cast<int>(factor.index)};
  const bool over = hovered(f, part);
  put(f, Box{.rect = box,
             .fill = over ? f.colors.raised : f.colors.ground,
             .line = over ? f.colors.accent : f.colors.border,
             .radius = 8});
  put_place(f, box, part);
  const Rect names = box.take_bottom(46, 0).inset(5, 3);
  put_line(f, box, factor.value, font, factor.color, Align::center);
  const auto lines = wrap_text(f.metrics, factor.name, Font::small, names.w);
  Rect rest = names;
  for (const std::string& line : lines)
    put_line(f, rest.take_top(19), line, Font::small, f.colors.muted, Align::center);
}

std::vector<float> widths_of(const Frame& f, const std::vector<Factor>& factors, Font font) {
  std::vector<float> widths;
  for (const Factor& factor : factors)
    widths.push_back(std::max(84.0F, f.width(factor.value, font) + 20));
  return widths;
}

// As wide as what stands in each asks for, together the whole width; the figures all in one size.
void draw_factors(Frame& f, Rect area, const std::vector<Factor>& factors) {
  const auto count = static_cast<float>(factors.size());
  const float room = area.w - 24 * (count - 1);
  Font font = Font::large_bold;
  std::vector<float> widths;
  float more = 0;
  for (const Font candidate : {Font::large_bold, Font::title_bold, Font::body_bold}) {
    font = candidate;
    widths = widths_of(f, factors, font);
    more = (room - std::accumulate(widths.begin(), widths.end(), 0.0F)) / count;
    if (more >= 0) break;
  }
  for (std::size_t i = 0; i < factors.size(); ++i) {
    draw_factor(f, area.take_left(widths[i] + more), factors[i], font);
    if (i + 1 < factors.size())
      put_line(f, area.take_left(24), "\u00D7", Font::title_bold, f.colors.muted, Align::center);
  }
}

void draw_total(Frame& f, const Rect& area, const Bill& bill) {
  const float middle = area.center().y;
  float x = area.x;
  x += put_text(f, {x, middle - 15}, "=", Font::large_bold, f.colors.muted) + 16;
  x += put_text(f, {x, middle - 23}, bytes_text(bill.cache), Font::huge_bold, f.colors.text) + 26;
  x += put_text(f, {x, middle - 9}, "= " + binary_bytes_text(bill.cache), Font::title,
                f.colors.text) +
       26;
  put_line(f, {x, middle - 9, area.right() - x, 22}, "= " + grouped_text(bill.cache) + " B",
           Font::title, f.colors.muted);
}

// Tokens from which on the cache is larger than the weights.
Uint128 passing_tokens(const Bill& bill) {
  const Uint128 per_token = core::cached_values_per_token(bill.model.cost) *
                            static_cast<Uint128>(bill.batch) *
                            static_cast<Uint128>(bill.dtype.bits);
  return bill.weights * 8 / std::max<Uint128>(1, per_token) + 1;
}

void draw_legend(Frame& f, Rect area, const Bill& bill) {
  const auto entry = [&](const std::string& name, Uint128 bytes, Color color) {
    const Rect swatch = area.take_left(18, 8);
    put_box(f, {swatch.x, swatch.center().y - 8, 18, 16}, color, 3);
    const std::string figure = bytes_text(bytes);
    const float width = f.width(name, Font::body) + f.width(figure, Font::body_bold) + 11;
    Rect words = area.take_left(width, 36);
    put_line(f, words.take_right(f.width(figure, Font::body_bold) + 1, 9), figure, Font::body_bold,
             f.colors.text);
    put_line(f, words, name, Font::body, f.colors.text);
  };
  entry(f.say(words::bill_weights), bill.weights, f.colors.mlp);
  entry(f.say(words::bill_cache, {bill.dtype.name}), bill.cache, f.colors.with);
}

// Weights and cache end to end on one scale, which reaches to where both would be equal.
void draw_scale(Frame& f, Rect area, const Bill& bill) {
  const double weights = core::to_double(bill.weights), cache = core::to_double(bill.cache);
  draw_legend(f, area.take_top(26, 8), bill);
  const Rect note = area.take_top(20, 8);
  const Rect figures = area.take_bottom(24, 2);
  PlotAxes axes{.plot = area,
                .x = {.low = 0, .high = 1.04 * std::max(weights + cache, 2 * weights)},
                .y = {}};
  put_box(f, area, f.colors.track, 4);
  const float middle = axes.x_at(weights), end = axes.x_at(weights + cache);
  put_box(f, {area.x, area.y, middle - area.x, area.h}, f.colors.mlp, 4);
  put_box(f, {middle, area.y, std::max(2.0F, end - middle), area.h}, f.colors.with, 4);
  put_place(f, {area.x, area.y, end - area.x, area.h}, {.kind = PartKind::cache_bytes});
  float free_from = area.x - 1;
  for (const double value : ticks_of(axes.x, 9)) {
    const std::string figure = tick_text(bytes_text(static_cast<Uint128>(value)));
    const float x = axes.x_at(value), width = f.width(figure, Font::small);
    const float left = std::clamp(x - width / 2, area.x, area.right() - width);
    if (left < free_from) continue;
    put_box(f, {x, area.bottom(), 1, 5}, f.colors.faint);
    put_text(f, {left, figures.y + 6}, figure, Font::small, f.colors.muted);
    free_from = left + width + 12;
  }
  const float mark = axes.x_at(2 * weights);
  put_box(f, {mark - 1, area.y - 8, 2, area.h + 16}, f.colors.fresh);
  const std::string words = f.say(words::bill_passes, {grouped_text(passing_tokens(bill))});
  const float width = std::min(area.w, f.width(words, Font::small) + 1);
  put_line(f, {std::clamp(mark - width / 2, area.x, area.right() - width), note.y, width, 20},
           words, Font::small, f.colors.text);
}

struct Shape {
  std::string name, sizes, indices;
};

std::vector<Shape> shapes_of(const Frame& f, const Bill& bill) {
  const auto& m = bill.model.cost.model;
  if (const auto& latent = bill.model.cost.latent)
    return {{f.say(words::bill_latent_kept),
             fmt::format("[{0}, {1}, {2}], [{0}, {1}, {3}]", bill.batch, bill.tokens,
                         latent->kv_lora_rank, latent->qk_rope_head_dim),
             f.say(words::bill_latent_names)}};
  const std::string layer =
      fmt::format("{}, {}, {}, {}]", bill.batch, m.kv_heads, bill.tokens, m.head_dim);
  return {{f.say(words::bill_tuple), fmt::format("[{}, 2, {}", m.layers, layer),
           f.say(words::bill_tuple_names)},
          {f.say(words::bill_per_layer), "[" + layer, f.say(words::bill_layer_names)}};
}

void draw_shapes(Frame& f, Rect area, const Bill& bill) {
  const std::vector<Shape> shapes = shapes_of(f, bill);
  float names = 0;
  for (const Shape& shape : shapes) names = std::max(names, f.width(shape.name, Font::small) + 1);
  for (const Shape& shape : shapes) {
    Rect line = area.take_top(26, 4);
    put_line(f, line.take_left(names, 24), shape.name, Font::small, f.colors.muted);
    put_line(f, line.take_left(f.width(shape.sizes, Font::body_bold) + 1, 24), shape.sizes,
             Font::body_bold, f.colors.text);
    // The factors above are named: these words go before any of the numbers does.
    const std::string indices = "[" + shape.indices + "]";
    if (f.width(indices, Font::tiny) <= line.w)
      put_line(f, line, indices, Font::tiny, f.colors.muted);
  }
  if (const auto& latent = bill.model.cost.latent)
    put_line(f, area.take_top(26),
             f.say(words::bill_latent,
                   {count_text(bill.model.cost.model.layers), count_text(latent->kv_lora_rank),
                    count_text(latent->qk_rope_head_dim)}),
             Font::small, f.colors.muted);
}

}  // namespace

void draw_stage_bill(Frame& f, const Rect& area, const StageSpec& spec) {
  put_panel(f, area);
  const auto model = stage_model(f, spec);
  if (!model) return put_quiet(f, area, missing_words(f, spec));
  const Bill bill = bill_of(f, spec, *model);
  Rect rest =
      put_stage_heading(f, area, f.say(words::bill_title),
                        f.say(words::stage_batch_of,
                              {bill.model.name, count_text(bill.tokens), count_text(bill.batch)}),
                        f.say(words::formula));
  // What is not needed goes between the parts, and a little into the boxes and the bar.
  const float spare = std::max(0.0F, rest.h - 404);
  const float gap = 10 + spare * 0.12F;
  draw_factors(f, rest.take_top(104 + spare * 0.1F, gap), factors_of(f, bill));
  draw_total(f, rest.take_top(58, gap), bill);
  put_box(f, rest.take_top(1, gap), f.colors.border);
  draw_scale(f, rest.take_top(136 + spare * 0.2F, gap), bill);
  put_box(f, rest.take_top(1, gap), f.colors.border);
  draw_shapes(f, rest, bill);
}

}  // namespace kv::scene
