#include <algorithm>

#include "viz/scene/views/bill.h"

namespace kv::scene {
namespace {

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
  if (const auto model = stage_model(f, spec))
    return draw_bill_panel(
        f, area,
        make_bill(*model, stage_tokens(f, spec), std::max<std::int64_t>(1, spec.batch), spec.dtype));
  put_panel(f, area);
  put_quiet(f, area, missing_words(f, spec));
}

void draw_bill_panel(Frame& f, const Rect& area, const Bill& bill) {
  put_panel(f, area);
  Rect rest =
      put_stage_heading(f, area, f.say(words::bill_title),
                        f.say(words::stage_batch_of,
                              {bill.model.name, count_text(bill.tokens), count_text(bill.batch)}),
                        f.say(words::formula));
  // What is not needed goes between the parts, and a little into the boxes and the bar.
  const float spare = std::max(0.0F, rest.h - 404);
  const float gap = 10 + spare * 0.12F;
  draw_bill_factors(f, rest.take_top(104 + spare * 0.1F, gap), bill);
  draw_bill_total(f, rest.take_top(58, gap), bill);
  put_box(f, rest.take_top(1, gap), f.colors.border);
  draw_bill_scale(f, rest.take_top(136 + spare * 0.2F, gap), bill, plain_scale(bill), false);
  put_box(f, rest.take_top(1, gap), f.colors.border);
  draw_shapes(f, rest, bill);
}

}  // namespace kv::scene
