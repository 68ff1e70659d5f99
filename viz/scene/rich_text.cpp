#include "viz/scene/rich_text.h"

#include "viz/scene/formula.h"
#include "viz/scene/rich_text_layout.h"
#include "viz/scene/type_scale.h"

namespace kv::scene {
namespace {

PartId part_of_link(int index) { return {.kind = PartKind::link, .a = index}; }

// What is drawn of one piece, in the order of painting: its ground, its words, its underline.
class PieceDrawing {
 public:
  PieceDrawing(Frame& f, const TextPiece& piece, Vec2 at, const RichTextStyle& style,
               int first_link)
      : f_(f), piece_(piece), at_(at), part_(part_of_link(first_link + piece.link)) {
    const bool leads = piece.link >= 0;
    is_lit_ = leads && (hovered(f, part_) || (style.lit && style.lit(piece.target)));
  }

  void draw() const {
    if (is_lit_)
      put(f_, Box{.rect = reaching_out(),
                  .fill = f_.colors.raised,
                  .line = piece_.color.with_alpha(0.6F),
                  .radius = 4});
    else if (piece_.code)
      put_box(f_, rect(), f_.colors.raised, 3);
    if (piece_.formula)
      draw_formula();
    else
      put_text(f_, {at_.x + (piece_.code ? code_air : 0), at_.y - ascent_of(piece_.font)},
               piece_.text, piece_.font, piece_.color);
    if (piece_.link < 0) return;
    put_box(f_, underline(), piece_.color);
    put_place(f_, rect(), part_);
  }

 private:
  Rect rect() const {
    const float above = piece_.formula ? piece_.formula->ascent : ascent_of(piece_.font);
    const float below = piece_.formula ? piece_.formula->descent : descent_of(piece_.font);
    return {at_.x, at_.y - above, piece_.width, above + below};
  }
  // Into the gap between lines, where letters reach too; not beyond the piece's ends.
  Rect reaching_out() const { return rect().inset(0, -1); }
  Rect underline() const {
    const float y = piece_.formula ? rect().bottom() - 1 : at_.y + 2;
    return {at_.x, y, piece_.width, 1};
  }

  void draw_formula() const {
    const bool is_cut = piece_.formula->width > piece_.width;
    if (is_cut) put(f_, ClipBegin{rect()});
    for (const Primitive& item : piece_.formula->items) put(f_, moved(item, at_));
    if (is_cut) put(f_, ClipEnd{});
  }

  Frame& f_;
  const TextPiece& piece_;
  Vec2 at_;
  PartId part_;
  bool is_lit_ = false;
};

void add_words(std::string& text, const Span& span) {
  text += span.formula ? formula_line(span.text) : span.text;
}

}  // namespace

DrawnText draw_rich_text(Frame& f, const Rect& area, const RichText& text,
                         const RichTextStyle& style, int first_link) {
  const TextLayout layout = lay_out_rich_text(f.metrics, f.colors, area.w, text, style);
  for (const Rect& panel : layout.panels)
    put_box(f, panel.moved(area.x, area.y), f.colors.raised, 6);
  for (const TextLine& line : layout.lines)
    for (const TextPiece& piece : line.pieces) {
      const Vec2 at{area.x + line.x + piece.x, area.y + line.baseline};
      PieceDrawing(f, piece, at, style, first_link).draw();
    }
  return {layout.height, layout.links};
}

float rich_text_height(const Frame& f, float width, const RichText& text,
                       const RichTextStyle& style) {
  return lay_out_rich_text(f.metrics, f.colors, width, text, style).height;
}

Color link_color(const Palette& colors, std::string_view link) {
  if (!link.starts_with("part:")) return colors.accent;
  const std::string_view name = link.substr(5);
  std::string_view thing = name;
  if (thing.starts_with("component.")) thing.remove_prefix(10);
  thing = thing.substr(0, thing.find_first_of(".@"));
  if (thing == "q") return colors.query;
  if (thing == "k") return colors.key;
  if (thing == "v") return colors.value;
  if (name.ends_with("@without")) return colors.without;
  if (name.ends_with("@with")) return colors.with;
  return colors.accent;
}

std::vector<std::string> links_of(const RichText& text) {
  std::vector<std::string> links;
  for (const Block& block : text)
    for (const Span& span : block.spans)
      if (!span.link.empty()) links.push_back(span.link);
  return links;
}

std::string plain_text(const RichText& text) {
  std::string all;
  for (const Block& block : text) {
    if (!all.empty()) all += '\n';
    for (Span span : block.spans) {
      span.formula = span.formula || block.kind == Block::Kind::formula;
      add_words(all, span);
    }
  }
  return all;
}

}  // namespace kv::scene
