#include "app/logic/lesson/markdown.h"

#include <md4c.h>

#include <algorithm>

#include "viz/scene/utf8_text.h"

namespace kv::app {
namespace {

using scene::Block;
using scene::RichText;
using scene::Span;

// What md4c's callbacks build.
struct Builder {
  RichText text = {};
  std::vector<std::string>* unknown = nullptr;
  int strong = 0, code = 0, formula = 0, item = 0, left_out = 0;
  bool display = false;
  std::string link = {};

  void note_unknown(const char* what) const {
    if (unknown && std::ranges::find(*unknown, what) == unknown->end()) unknown->push_back(what);
  }
  void begin(Block::Kind kind) { text.push_back({.kind = kind, .spans = {}}); }
  Block& block() {
    if (text.empty()) begin(Block::Kind::paragraph);
    return text.back();
  }
  void add(std::string_view words) {
    if (left_out > 0) return;
    const Span like{
        .text = {}, .strong = strong > 0, .code = code > 0, .formula = formula > 0, .link = link};
    auto& spans = block().spans;
    Span* last = spans.empty() ? nullptr : &spans.back();
    if (last) {
      Span same = *last;
      same.text.clear();
      if (!(same == like)) last = nullptr;
    }
    if (!last) last = &spans.emplace_back(like);
    last->text += words;
  }
  // The end of a line in the source: a space, but between Chinese characters nothing.
  void soft_break() {
    const auto& spans = block().spans;
    if (spans.empty() || spans.back().text.empty()) return;
    const std::string& before = spans.back().text;
    std::size_t at = before.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(before[at]) & 0xC0) == 0x80) --at;
    const bool chinese = static_cast<unsigned char>(before[at]) >= 0xE3 &&
                         static_cast<unsigned char>(before[at]) <= 0xE9;
    const bool fullwidth = before.compare(at, 1, "\xEF") == 0;
    if (!chinese && !fullwidth) add(" ");
  }
};

Builder& builder_of(void* data) { return *static_cast<Builder*>(data); }

int enter_block(MD_BLOCKTYPE type, void*, void* data) {
  Builder& b = builder_of(data);
  switch (type) {
    case MD_BLOCK_P:
      if (b.item == 0 || b.text.empty() || b.text.back().kind != Block::Kind::item ||
          !b.text.back().spans.empty())
        b.begin(Block::Kind::paragraph);
      break;
    case MD_BLOCK_LI:
      ++b.item;
      b.begin(Block::Kind::item);
      break;
    case MD_BLOCK_CODE:
      b.begin(Block::Kind::code);
      b.block().spans.push_back({.text = {}, .code = true});
      ++b.code;
      break;
    case MD_BLOCK_DOC:
    case MD_BLOCK_UL:
      break;
    case MD_BLOCK_OL:
      b.note_unknown("a numbered list");
      break;
    case MD_BLOCK_H:
      b.note_unknown("a heading");
      break;
    case MD_BLOCK_QUOTE:
      b.note_unknown("a quotation");
      break;
    case MD_BLOCK_HR:
      b.note_unknown("a rule");
      break;
    default:
      b.note_unknown("a table or HTML");
      ++b.left_out;
  }
  return 0;
}

int leave_block(MD_BLOCKTYPE type, void*, void* data) {
  Builder& b = builder_of(data);
  switch (type) {
    case MD_BLOCK_LI:
      --b.item;
      break;
    case MD_BLOCK_CODE: {
      --b.code;
      std::string& lines = b.block().spans.back().text;
      while (lines.ends_with('\n')) lines.pop_back();
      break;
    }
    case MD_BLOCK_HTML:
    case MD_BLOCK_TABLE:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_TR:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      --b.left_out;
      break;
    default:
      break;
  }
  return 0;
}

int enter_span(MD_SPANTYPE type, void* detail, void* data) {
  Builder& b = builder_of(data);
  switch (type) {
    case MD_SPAN_EM:
    case MD_SPAN_STRONG:
      ++b.strong;
      break;
    case MD_SPAN_CODE:
      ++b.code;
      break;
    case MD_SPAN_A: {
      const auto& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
      b.link.assign(href.text, href.size);
      break;
    }
    case MD_SPAN_LATEXMATH:
      ++b.formula;
      break;
    case MD_SPAN_LATEXMATH_DISPLAY:
      if (b.text.empty() || !b.text.back().spans.empty()) b.begin(Block::Kind::formula);
      b.text.back().kind = Block::Kind::formula;
      b.display = true;
      ++b.formula;
      break;
    default:
      b.note_unknown("an image or another mark");
      ++b.left_out;
  }
  return 0;
}

int leave_span(MD_SPANTYPE type, void*, void* data) {
  Builder& b = builder_of(data);
  switch (type) {
    case MD_SPAN_EM:
    case MD_SPAN_STRONG:
      --b.strong;
      break;
    case MD_SPAN_CODE:
      --b.code;
      break;
    case MD_SPAN_A:
      b.link.clear();
      break;
    case MD_SPAN_LATEXMATH:
      --b.formula;
      break;
    case MD_SPAN_LATEXMATH_DISPLAY:
      --b.formula;
      b.display = false;
      b.begin(Block::Kind::paragraph);  // what follows in the same lines
      break;
    default:
      --b.left_out;
  }
  return 0;
}

int take_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* data) {
  Builder& b = builder_of(data);
  switch (type) {
    case MD_TEXT_NULLCHAR:
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
      if (b.formula > 0)
        b.add(" ");
      else
        b.soft_break();
      break;
    case MD_TEXT_HTML:
      b.note_unknown("a table or HTML");
      break;
    case MD_TEXT_ENTITY:
      b.note_unknown("a character written as &name;");
      break;
    default:
      b.add({text, size});
  }
  return 0;
}

// Where a text that begins a line would begin a list, a rule or a fence; beyond its end: nowhere.
std::size_t line_marker(const std::string& text) {
  const auto ends_or = [&](std::size_t at, std::string_view next) {
    return at >= text.size() || next.find(text[at]) != std::string_view::npos;
  };
  if (text.empty()) return 0;
  if (std::string_view("-+=~").find(text[0]) != std::string_view::npos)
    return ends_or(1, std::string{' ', text[0]}) ? 0 : text.size();
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool numbered = digits > 0 && digits < text.size() &&
                        (text[digits] == '.' || text[digits] == ')') && ends_or(digits + 1, " ");
  return numbered ? digits : text.size();
}

}  // namespace

RichText parse_markdown(std::string_view text, std::vector<std::string>* unknown) {
  Builder builder;
  builder.unknown = unknown;
  const MD_PARSER parser{.abi_version = 0,
                         .flags = MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOINDENTEDCODEBLOCKS |
                                  MD_FLAG_COLLAPSEWHITESPACE,
                         .enter_block = enter_block,
                         .leave_block = leave_block,
                         .enter_span = enter_span,
                         .leave_span = leave_span,
                         .text = take_text,
                         .debug_log = nullptr,
                         .syntax = nullptr};
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &builder);
  std::erase_if(builder.text, [](const Block& block) {
    return std::ranges::all_of(block.spans, [](const Span& span) {
      return span.text.find_first_not_of(" \n") == std::string::npos;
    });
  });
  return std::move(builder.text);
}

std::string escape_markdown(std::string text) {
  const std::size_t marker = line_marker(text);
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == marker || std::string_view("\\`*_[]<>$&#").find(text[i]) != std::string_view::npos)
      escaped += '\\';
    escaped += text[i];
  }
  return escaped;
}

}  // namespace kv::app
