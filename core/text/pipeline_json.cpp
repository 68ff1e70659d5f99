#include "core/text/pipeline_json.h"

#include <algorithm>

#include "core/text/post_processor_json.h"

namespace kv::core {
namespace {

constexpr std::size_t longest_sequence = 16;

// The parts of `place`: those under `key` when it is a Sequence, itself when it is one part, none
// when it is absent.
Result<std::vector<JsonPlace>> parts_of(const JsonPlace& place, std::string_view key) {
  std::vector<JsonPlace> parts;
  if (place.absent()) return parts;
  if (!place.object()) return place.complain("an object or null");
  const auto type = place.type();
  if (!type) return type.error();
  if (*type != "Sequence") {
    parts.push_back(place);
    return parts;
  }
  const JsonPlace list = place[key];
  if (!list.array() || list.value().size() > longest_sequence)
    return list.complain("an array of at most " + std::to_string(longest_sequence) + " parts");
  for (std::size_t i = 0; i < list.value().size(); ++i) parts.push_back(list.element(i));
  return parts;
}

// A part whose string under `key` has to be `expected`.
Status require_text(const JsonPlace& part, std::string_view key, std::string_view expected) {
  const auto found = part[key].text();
  if (!found) return found.error();
  if (*found != expected) return part[key].complain(core::quoted(expected));
  return {};
}

// {"pattern": {"String": from}, "content": to}
Status require_replacement(const JsonPlace& part, std::string_view from, std::string_view to) {
  if (auto error = require_text(part["pattern"], "String", from)) return error;
  return require_text(part, "content", to);
}

Status read_normalizer(const JsonPlace& place, Pipeline& pipeline) {
  const auto parts = parts_of(place, "normalizers");
  if (!parts) return parts.error();
  for (const JsonPlace& part : *parts) {
    const auto type = part.type();
    if (!type) return type.error();
    if (*type == "Prepend") {
      if (auto error = require_text(part, "prepend", space_mark)) return error;
      if (pipeline.prepend_mark) return part["type"].complain("Prepend only once");
      pipeline.prepend_mark = true;
    } else if (*type == "Replace") {
      if (auto error = require_replacement(part, " ", space_mark)) return error;
      pipeline.replace_spaces = true;
    } else {
      return part["type"].complain("Prepend or Replace (other normalizers are not supported)");
    }
  }
  return {};
}

Result<PrefixSpace> read_prefix_scheme(const JsonPlace& metaspace) {
  const auto add_prefix_space = metaspace["add_prefix_space"].flag(true);
  if (!add_prefix_space) return add_prefix_space.error();
  const JsonPlace scheme = metaspace["prepend_scheme"];
  if (scheme.absent()) return *add_prefix_space ? PrefixSpace::always : PrefixSpace::never;
  const auto name = scheme.text();
  if (!name) return name.error();
  if (*name == "never") return PrefixSpace::never;
  if (!*add_prefix_space) return scheme.complain("\"never\", as add_prefix_space is false");
  if (*name == "first") return PrefixSpace::first;
  if (*name == "always") return PrefixSpace::always;
  return scheme.complain("\"always\", \"first\" or \"never\"");
}

Status read_metaspace(const JsonPlace& part, Pipeline& pipeline) {
  if (auto error = require_text(part, "replacement", space_mark)) return error;
  const auto scheme = read_prefix_scheme(part);
  if (!scheme) return scheme.error();
  const auto split = part["split"].flag(true);
  if (!split) return split.error();
  pipeline.metaspace = true;
  pipeline.prefix_space = *scheme;
  pipeline.split_at_marks = *split;
  return {};
}

Status add_splitter(SplitRule rule, Pipeline& pipeline) {
  auto splitter = Splitter::make(rule);
  if (!splitter) return splitter.error();
  pipeline.splitters.push_back(std::move(*splitter));
  return {};
}

Status read_byte_level(const JsonPlace& part, Pipeline& pipeline) {
  const auto prefix = part["add_prefix_space"].flag(true);
  if (!prefix) return prefix.error();
  const auto use_regex = part["use_regex"].flag(true);
  if (!use_regex) return use_regex.error();
  // The space would come before every piece of an earlier split, and decoding could not tell it
  // from the text's own.
  if (*prefix && !pipeline.splitters.empty())
    return part["add_prefix_space"].complain("false after another split");
  pipeline.byte_level = true;
  if (*prefix) pipeline.prefix_space = PrefixSpace::always;
  if (*use_regex) return add_splitter(SplitRule::gpt2, pipeline);
  return {};
}

Status read_split(const JsonPlace& part, Pipeline& pipeline) {
  const JsonPlace regex = part["pattern"]["Regex"];
  const auto pattern = regex.text();
  if (!pattern) return pattern.error();
  const SplitRule* rule = find_split_rule(*pattern);
  if (!rule) return regex.complain("the pattern of GPT-2, Llama 3 (cl100k) or Qwen2");
  const auto behavior = part["behavior"].text();
  if (!behavior) return behavior.error();
  const auto invert = part["invert"].flag(false);
  if (!invert) return invert.error();
  // The patterns leave nothing between their matches, so to isolate the matches and to remove all
  // but them is the same.
  if (*behavior == "Isolated" && !*invert) return add_splitter(*rule, pipeline);
  if (*behavior == "Removed" && *invert) return add_splitter(*rule, pipeline);
  return part["behavior"].complain("\"Isolated\" (or \"Removed\" with invert true)");
}

Status read_digits(const JsonPlace& part, Pipeline& pipeline) {
  const auto individual = part["individual_digits"].flag(false);
  if (!individual) return individual.error();
  return add_splitter(*individual ? SplitRule::digits : SplitRule::digit_runs, pipeline);
}

Status read_pre_tokenizer(const JsonPlace& place, Pipeline& pipeline) {
  const auto parts = parts_of(place, "pretokenizers");
  if (!parts) return parts.error();
  for (const JsonPlace& part : *parts) {
    const auto type = part.type();
    if (!type) return type.error();
    if (pipeline.byte_level || pipeline.metaspace)
      return part["type"].complain("nothing after ByteLevel or Metaspace");
    Status error;
    if (*type == "ByteLevel") {
      error = read_byte_level(part, pipeline);
    } else if (*type == "Metaspace" && parts->size() == 1) {
      error = read_metaspace(part, pipeline);
    } else if (*type == "Split") {
      error = read_split(part, pipeline);
    } else if (*type == "Digits") {
      error = read_digits(part, pipeline);
    } else {
      error = part["type"].complain("ByteLevel, Metaspace, or Split and Digits before ByteLevel");
    }
    if (error) return error;
  }
  if (!pipeline.splitters.empty() && !pipeline.byte_level)
    return place["type"].complain("a Sequence that ends in ByteLevel");
  return {};
}

// Combinations that each make sense alone.
Status check_together(const JsonPlace& root, const Pipeline& pipeline) {
  const JsonPlace normalizer = root["normalizer"]["type"];
  if (pipeline.byte_level && (pipeline.prepend_mark || pipeline.replace_spaces))
    return normalizer.complain("null beside a ByteLevel pre_tokenizer");
  if (pipeline.prepend_mark && pipeline.metaspace)
    return normalizer.complain("no Prepend beside a Metaspace pre_tokenizer");
  if (pipeline.prepend_mark && !pipeline.replace_spaces)
    return normalizer.complain("Prepend together with Replace");
  return {};
}

// One step of the file's decoder. Ours is derived from the encoding side; the file's has to be of
// the same sort, or the file means something else than was understood.
Status check_decoder_part(const JsonPlace& part, const Pipeline& pipeline) {
  const auto type = part.type();
  if (!type) return type.error();
  const bool fits_marks = *type == "Replace" || *type == "Metaspace";
  if (pipeline.byte_level ? *type != "ByteLevel"
                          : *type == "ByteLevel" || (fits_marks && !pipeline.marks_spaces()))
    return part["type"].complain("a decoder that undoes this file's pre_tokenizer");
  if (*type == "Replace") return require_replacement(part, space_mark, " ");
  if (*type == "Metaspace") return require_text(part, "replacement", space_mark);
  if (*type == "Strip") {
    if (auto error = require_text(part, "content", " ")) return error;
    if (const auto start = part["start"].integer(2); !start) return start.error();
    if (const auto stop = part["stop"].integer(1); !stop) return stop.error();
    return {};
  }
  if (*type == "ByteLevel" || *type == "ByteFallback" || *type == "Fuse") return {};
  return part["type"].complain("ByteLevel, Metaspace, Replace, ByteFallback, Fuse or Strip");
}

Status check_decoder(const JsonPlace& place, const Pipeline& pipeline) {
  const auto parts = parts_of(place, "decoders");
  if (!parts) return parts.error();
  for (const JsonPlace& part : *parts)
    if (auto error = check_decoder_part(part, pipeline)) return error;
  return {};
}

}  // namespace

Result<Pipeline> read_pipeline_json(const JsonPlace& root) {
  Pipeline pipeline;
  if (auto error = read_normalizer(root["normalizer"], pipeline)) return *error;
  if (auto error = read_pre_tokenizer(root["pre_tokenizer"], pipeline)) return *error;
  if (auto error = check_together(root, pipeline)) return *error;
  if (auto error = check_decoder(root["decoder"], pipeline)) return *error;
  const auto processors = parts_of(root["post_processor"], "processors");
  if (!processors) return processors.error();
  if (auto error = read_post_processors(*processors, pipeline)) return *error;
  return pipeline;
}

}  // namespace kv::core
