// What the run chose at its step, how sure the model was, and how both sides agree.
#include <algorithm>
#include <array>

#include "app/logic/lesson/quantities_table.h"
#include "viz/scene/explain_parts.h"

namespace kv::app {
namespace {

core::Result<const core::Agreement*> agreement_of(const Call& call) {
  const auto step = step_of(call);
  if (!step) return step.error();
  if (!(*step)->uncached || !(*step)->uncached->agreement)
    return mistake(call, "a step of one side alone", "both sides computed");
  return &*(*step)->uncached->agreement;
}

core::Result<Quantity> max_difference(const Call& call) {
  const auto agreement = agreement_of(call);
  if (!agreement) return agreement.error();
  return quantity(Kind::plain, (*agreement)->logits);
}

core::Result<Quantity> same_token(const Call& call) {
  const auto agreement = agreement_of(call);
  if (!agreement) return agreement.error();
  return quantity(Kind::plain, (*agreement)->same_token ? 1.0 : 0.0);
}

core::Result<Quantity> probability(const Call& call) {
  const auto step = step_of(call);
  if (!step) return step.error();
  return quantity(Kind::plain, (*step)->probability);
}

core::Result<Quantity> text_at(const Call& call, std::size_t place) {
  const scene::RunText* text = call.source.subject.text.get();
  if (!text || place >= text->tokens.size())
    return mistake(call, "no texts of the run's tokens", "them");
  return text_quantity(scene::name_of_token(text->tokens[place]));
}

core::Result<Quantity> token(const Call& call) {
  const auto step = step_of(call);
  if (!step) return step.error();
  return text_at(call, static_cast<std::size_t>((*step)->position));
}

core::Result<Quantity> token_at(const Call& call) {
  const auto run = run_of(call);
  if (!run) return run.error();
  Arguments in(call);
  const auto place = in.whole(0, 0, call.source.subject.prompt_tokens() + call.source.step - 1);
  if (in.error()) return *in.error();
  return text_at(call, static_cast<std::size_t>(place));
}

// The most likely token that was not chosen.
core::Result<const scene::Candidate*> next_best_of(const Call& call) {
  const auto step = step_of(call);
  if (!step) return step.error();
  const scene::RunText* text = call.source.subject.text.get();
  const auto at = static_cast<std::size_t>(call.source.step - 1);
  const scene::Candidate* best = nullptr;
  if (text && at < text->candidates.size()) {
    for (const scene::Candidate& candidate : text->candidates[at]) {
      if (candidate.token == (*step)->token) continue;
      if (!best || candidate.probability > best->probability) best = &candidate;
    }
  }
  if (!best) return mistake(call, "no other candidate", "one");
  return best;
}

core::Result<Quantity> next_best(const Call& call) {
  const auto candidate = next_best_of(call);
  if (!candidate) return candidate.error();
  return text_quantity(scene::name_of_token((*candidate)->text));
}

core::Result<Quantity> next_best_probability(const Call& call) {
  const auto candidate = next_best_of(call);
  if (!candidate) return candidate.error();
  return quantity(Kind::plain, (*candidate)->probability);
}

constexpr std::array<NamedQuantity, 7> table = {
    {{"max_difference", 0, 0, max_difference},
     {"same_token", 0, 0, same_token},
     {"probability", 0, 0, probability},
     {"token", 0, 0, token},
     {"token_at", 1, 1, token_at},
     {"next_best", 0, 0, next_best},
     {"next_best_probability", 0, 0, next_best_probability}}};

}  // namespace

std::span<const NamedQuantity> token_quantities() { return table; }

}  // namespace kv::app
