// Tokens and the choice between them, layers, heads and operations.
#include <algorithm>
#include <cmath>

#include "viz/scene/explain_parts.h"
#include "viz/scene/number_text.h"
#include "viz/scene/views/lens_data.h"
#include "viz/scene/views/score_data.h"

namespace kv::scene {
namespace {

using core::OpCount;
using core::Side;
using core::Uint128;

// The softmax behind a candidate's probability, term by term.
void add_softmax(const Frame& f, const core::Step& step, const Candidate& candidate,
                 Explanation& e) {
  const auto& logits = step.logits;
  const auto at = static_cast<std::size_t>(candidate.token);
  if (at >= logits.size()) return;
  const double largest = static_cast<double>(*std::ranges::max_element(logits));
  double sum = 0;
  for (const float logit : logits) sum += std::exp(static_cast<double>(logit) - largest);
  e.lines.push_back(f.say(words::ex_candidate_softmax,
                          {value_text(static_cast<double>(logits[at])), value_text(largest),
                           value_text(sum), value_text(candidate.probability)}));
  e.lines.push_back(f.say(words::ex_candidate_terms, {whole(f.config().vocabulary)}));
}

// The FLOPs an operation has a component of its own for; nothing for elementwise ones.
std::optional<Uint128> flops_of(const OpCount& count, Operation operation) {
  switch (operation) {
    case Operation::project:
      return count.q + count.k + count.v;
    case Operation::scores:
      return count.scores;
    case Operation::weighted_sum:
      return count.weighted_sum;
    case Operation::output:
      return count.output;
    case Operation::mlp:
      return count.mlp;
    case Operation::logits:
      return count.head;
    default:
      return {};
  }
}

void add_cost(const Frame& f, Operation operation, Explanation& e) {
  const auto without = flops_of(costs_of(f, Side::uncached).step, operation),
             with = flops_of(costs_of(f, Side::cached).step, operation);
  if (without && with) {
    const auto layers = static_cast<Uint128>(in_layer(operation) ? f.config().layers : 1);
    e.lines.push_back(
        f.say(in_layer(operation) ? words::ex_operation_cost : words::ex_operation_cost_once,
              {flops_text(*without / layers), flops_text(*with / layers)}));
    e.badge = costs_of(f, Side::uncached).counted ? Badge::counted : Badge::formula;
    return;
  }
  const bool copies =
      operation == Operation::append || (operation == Operation::embedding && f.config().rotary());
  if (copies)
    e.lines.push_back(f.say(words::ex_operation_copy));
  else if (operation == Operation::mask)
    e.lines.push_back(f.say(words::ex_operation_mask));
  else if (operation != Operation::choice)
    e.lines.push_back(f.say(words::ex_operation_small));
}

}  // namespace

Explanation explain_token(const Frame& f, const PartId& part) {
  const int prompt = f.subject.prompt_tokens();
  if (part.a < 0 || part.a >= prompt + f.subject.steps()) return {};
  const auto index = static_cast<std::size_t>(part.a);
  const bool given = part.a < prompt;
  const core::Step* made =
      given ? nullptr : f.subject.run->steps[index - static_cast<std::size_t>(prompt)].get();
  const core::Token token = given ? f.subject.run->prompt[index] : made->token;
  Explanation e{.title = f.say(words::ex_token, {token_name(f, part.a), std::to_string(token)}),
                .value = f.say(words::ex_row_position, {whole(part.a)}),
                .lines = {},
                .badge = Badge::none};
  if (given) {
    e.lines.push_back(f.say(words::ex_token_prompt));
  } else {
    e.lines.push_back(
        f.say(words::ex_token_made, {whole(made->index + 1), value_text(made->probability)}));
    if (made->forced) e.lines.push_back(f.say(words::chosen_by_hand));
  }
  const bool has_row = part.a < rows_of(f, Side::cached).total;
  e.lines.push_back(has_row ? f.say(words::ex_token_row, {whole(part.a + 1)})
                            : f.say(words::ex_token_no_row));
  return e;
}

Explanation explain_candidate(const Frame& f, const PartId& part) {
  const core::Step* step = step_of(f);
  const auto& all = f.subject.text->candidates;
  if (!step || f.moment.step > static_cast<int>(all.size())) return {};
  const auto& candidates = all[static_cast<std::size_t>(f.moment.step - 1)];
  if (part.a < 0 || part.a >= static_cast<int>(candidates.size())) return {};
  const Candidate& c = candidates[static_cast<std::size_t>(part.a)];
  const bool taken = c.token == step->token;
  Explanation e{.title = f.say(taken ? words::ex_candidate_taken : words::ex_candidate,
                               {name_of_token(c.text)}),
                .value = f.say(words::ex_probability) + " " + value_text(c.probability),
                .lines = {},
                .badge = Badge::measured};
  add_softmax(f, *step, c, e);
  const core::Sampling& sampling = f.subject.run->sampling;
  const std::string temperature = fmt::format("{:g}", sampling.temperature);
  if (taken && step->forced)
    e.lines.push_back(f.say(words::chosen_by_hand));
  else if (sampling.temperature <= 0)
    e.lines.push_back(f.say(words::ex_candidate_greedy));
  else if (c.kept)
    e.lines.push_back(f.say(words::ex_candidate_temperature, {temperature, temperature}));
  if (!c.kept) e.lines.push_back(f.say(words::ex_candidate_cut));
  if (!taken) e.lines.push_back(f.say(words::ex_click_force));
  return e;
}

Explanation explain_layer(const Frame& f, const PartId& part) {
  const int layers = f.config().layers;
  Explanation e{.title = f.say(words::ex_layer, {whole(f.view.layer + 1), whole(layers)}),
                .value = {},
                .lines = {},
                .badge = Badge::none};
  if (part.kind == PartKind::layer_button)
    e.lines.push_back(f.say(words::ex_layer_choose, {whole(part.a + 1)}));
  else
    e.lines.push_back(
        f.say(part.kind == PartKind::layer_up ? words::ex_layer_up : words::ex_layer_down));
  return e;
}

Explanation explain_head(const Frame& f, const PartId& part) {
  const auto& c = f.config();
  if (part.a < 0 || part.a >= c.heads) return {};
  const int kv_head = kv_head_of(c, part.a), group = c.heads / c.kv_heads;
  Explanation e{
      .title = f.say(words::ex_head, {whole(part.a + 1), whole(c.heads), whole(f.view.layer + 1)}),
      .value = {},
      .lines = {},
      .badge = Badge::none};
  if (group > 1)
    e.lines.push_back(
        f.say(words::ex_head_shares, {whole(kv_head + 1), whole(c.kv_heads),
                                      whole(kv_head * group + 1), whole((kv_head + 1) * group)}));
  else
    e.lines.push_back(f.say(words::ex_head_own, {whole(kv_head + 1), whole(c.kv_heads)}));
  if (const core::Replay* replay = replay_of(f, Side::cached)) {
    const MatrixView p = probabilities_of(f, *replay, part.a);
    if (p.data && p.rows > 0) {
      int most = 0;
      for (int i = 1; i < p.columns; ++i)
        if (p.at(p.rows - 1, i) > p.at(p.rows - 1, most)) most = i;
      e.lines.push_back(
          f.say(words::ex_head_most,
                {token_name(f, most), value_text(static_cast<double>(p.at(p.rows - 1, most)))}));
      e.badge = Badge::measured;
    }
  } else if (f.moment.step > 0) {
    e.lines.push_back(f.say(words::ex_pending));
  }
  if (part.a != f.view.head) e.lines.push_back(f.say(words::ex_head_click));
  return e;
}

Explanation explain_operation(const Frame& f, const PartId& part) {
  if (part.a < 0 || part.a >= operation_count) return {};
  const auto operation = static_cast<Operation>(part.a);
  Explanation e{.title = f.say(info_of(operation).name), .value = {}, .lines = {}};
  if (const core::Replay* replay = replay_of(f, Side::cached)) {
    for (const TextRun& run : lens_formula(f, *replay, operation)) e.value += run.text;
    const std::string sentence = lens_sentence(f, *replay, operation);
    if (!sentence.empty()) e.lines.push_back(sentence);
  } else if (f.moment.step > 0) {
    e.lines.push_back(f.say(words::ex_pending));
  }
  if (f.moment.step > 0) add_cost(f, operation, e);
  e.lines.push_back(f.say(words::ex_operation_click));
  return e;
}

}  // namespace kv::scene
