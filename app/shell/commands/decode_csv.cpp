#include <fmt/format.h>

#include "app/logic/csv.h"
#include "app/shell/commands/decode.h"

namespace kv::app {
namespace {

std::string side_titles(std::string_view side) {
  std::string out;
  for (const auto& part : core::op_count_parts) out += fmt::format(",{}_{}_flops", side, part.name);
  out += fmt::format(",{}_total_flops", side);
  for (const auto& aside : core::op_count_asides)
    out += fmt::format(",{}_{}_flops", side, aside.name);
  return out + fmt::format(
                   ",{0}_weight_bytes,{0}_cache_read_bytes,{0}_cache_write_bytes,"
                   "{0}_cache_bytes,{0}_seconds",
                   side);
}

std::string side_fields(const core::SideCost& side, std::uint64_t cache_bytes) {
  std::string out;
  for (const auto& part : core::op_count_parts)
    out += ',' + core::to_string(side.count.*part.value);
  out += ',' + core::to_string(side.count.total());
  for (const auto& aside : core::op_count_asides)
    out += ',' + core::to_string(side.count.*aside.value);
  return out + fmt::format(",{},{},{},{},{}", side.bytes.weights, side.bytes.cache_read,
                           side.bytes.cache_write, cache_bytes, side.seconds);
}

std::string agreement_fields(const core::Agreement& a) {
  return fmt::format(",{},{},{},{},{}", a.logits, a.keys, a.values,
                     a.probabilities ? fmt::format("{}", *a.probabilities) : "",
                     a.same_token ? "true" : "false");
}

}  // namespace

std::string decode_csv(const Decoded& decoded) {
  const bool both = decoded.sides == Sides::both;
  std::string out = "index,phase,position,token,text,probability";
  if (decoded.has_cached()) out += side_titles("cached");
  if (decoded.has_uncached()) out += side_titles("uncached");
  if (both)
    out +=
        ",max_abs_logit_difference,max_abs_key_difference,max_abs_value_difference,"
        "max_abs_probability_difference,same_token";
  out += '\n';
  for (const auto& step : decoded.run.steps) {
    out += fmt::format("{},{},{},{},{},{}", step->index,
                       step->phase == core::Phase::prefill ? "prefill" : "decode", step->position,
                       step->token, csv_field(decoded.text_of(step->token)), step->probability);
    if (step->cached) out += side_fields(*step->cached, step->cache_bytes);
    if (step->uncached) out += side_fields(step->uncached->cost, 0);
    if (both) out += agreement_fields(*step->uncached->agreement);
    out += '\n';
  }
  return out;
}

}  // namespace kv::app
