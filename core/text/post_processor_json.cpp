#include "core/text/post_processor_json.h"

namespace kv::core {
namespace {

constexpr std::size_t longest_template = 64;  // pieces, and ids of one of them

// The ids that a template's special token stands for.
Status append_special(const JsonPlace& processor, const JsonPlace& piece, std::vector<Token>& out) {
  const auto name = piece["id"].text();
  if (!name) return name.error();
  const JsonPlace ids = processor["special_tokens"][*name]["ids"];
  if (!ids.array() || ids.value().empty() || ids.value().size() > longest_template)
    return ids.complain("the ids of the token " + core::quoted(*name) + " of the template");
  for (std::size_t i = 0; i < ids.value().size(); ++i) {
    const auto id = ids.element(i).integer(Vocabulary::limit);
    if (!id) return id.error();
    out.push_back(*id);
  }
  return {};
}

Status read_template(const JsonPlace& processor, Pipeline& pipeline) {
  const JsonPlace single = processor["single"];
  const char* what = "an array of SpecialToken and exactly one Sequence A";
  if (!single.array() || single.value().size() > longest_template) return single.complain(what);
  bool text_seen = false;
  for (std::size_t i = 0; i < single.value().size(); ++i) {
    const JsonPlace piece = single.element(i);
    if (!piece.object() || piece.value().size() != 1) return piece.complain(what);
    if (const JsonPlace sequence = piece["Sequence"]; !sequence.absent()) {
      const auto id = sequence["id"].text();
      if (!id) return id.error();
      if (*id != "A" || text_seen) return sequence["id"].complain(what);
      text_seen = true;
      continue;
    }
    const JsonPlace special = piece["SpecialToken"];
    if (special.absent()) return piece.complain(what);
    auto& side = text_seen ? pipeline.after : pipeline.before;
    if (auto error = append_special(processor, special, side)) return error;
  }
  if (!text_seen) return single.complain(what);
  return {};
}

}  // namespace

Status read_post_processors(const std::vector<JsonPlace>& processors, Pipeline& pipeline) {
  bool template_seen = false;
  for (const JsonPlace& processor : processors) {
    const auto type = processor.type();
    if (!type) return type.error();
    if (*type == "ByteLevel") continue;  // moves offsets, which nobody asks for here
    if (*type != "TemplateProcessing" || template_seen)
      return processor["type"].complain("ByteLevel and at most one TemplateProcessing");
    template_seen = true;
    if (auto error = read_template(processor, pipeline)) return error;
  }
  return {};
}

}  // namespace kv::core
