// Buttons, bars and overlays.
#include <algorithm>

#include "viz/scene/explain_parts.h"
#include "viz/scene/number_text.h"

namespace kv::scene {
namespace {

Explanation only(std::string title) {
  return {.title = std::move(title), .value = {}, .lines = {}, .badge = Badge::none};
}

// Parts that need nothing but a phrase.
struct PartPhrase {
  PartKind kind;
  const Phrase* phrase;
};
constexpr PartPhrase part_phrases[] = {
    {PartKind::language_button, &words::ex_language},
    {PartKind::theme_button, &words::ex_theme},
    {PartKind::settings_button, &words::ex_settings},
    {PartKind::help_button, &words::ex_help},
    {PartKind::legend_button, &words::ex_legend},
    {PartKind::fullscreen_button, &words::ex_fullscreen},
    {PartKind::first_button, &words::ex_first},
    {PartKind::back_button, &words::ex_back},
    {PartKind::play_button, &words::ex_play},
    {PartKind::next_button, &words::ex_next},
    {PartKind::last_button, &words::ex_last},
    {PartKind::overlay, &words::ex_overlay},
    {PartKind::bill_index, &words::ex_bill_index},
    {PartKind::roofline_point, &words::ex_roofline_point},
    {PartKind::bench_bar, &words::ex_bench_bar},
    {PartKind::beat_button, &words::ex_beat},
    {PartKind::lesson_button, &words::ex_beat},
    {PartKind::answer_button, &words::ask_answer},
    {PartKind::reveal_button, &words::key_reveal},
    {PartKind::vote_button, &words::ex_votes},
    {PartKind::vote_more, &words::ex_votes},
    {PartKind::vote_less, &words::ex_votes},
    {PartKind::list_button, &words::ex_lesson_list},
    {PartKind::lecture_button, &words::key_lecture},
    {PartKind::present_button, &words::key_present},
    {PartKind::notes_button, &words::key_notes},
    {PartKind::export_button, &words::lesson_export},
};

const Phrase* phrase_for(PartKind kind) {
  for (const auto& [known, phrase] : part_phrases)
    if (known == kind) return phrase;
  return nullptr;
}

Explanation explain_model(const Frame& f) {
  Explanation e = only(f.say(words::ex_model));
  if (!f.subject.run) return e;
  const auto& c = f.config();
  e.lines = {f.say(words::ex_model_sizes, {whole(c.layers), whole(c.d_model), whole(c.heads),
                                           whole(c.kv_heads), whole(c.head_dim), whole(c.ffn)}),
             f.say(words::ex_model_text, {whole(c.vocabulary), whole(c.context_length)})};
  return e;
}

Explanation explain_pace(const Frame& f, int pace) {
  const Phrase* phrases[] = {&words::ex_pace_token, &words::ex_pace_layer,
                             &words::ex_pace_operation};
  static_assert(std::size(phrases) == pace_count);
  const int shown = pace >= 0 && pace < pace_count ? pace : static_cast<int>(f.status.pace);
  return only(f.say(*phrases[shown]));
}

Explanation explain_chart_parts(const Frame& f) {
  const int component = f.view.chart.component;
  Explanation e = only(
      f.say(words::ex_chart_parts,
            {f.say(component < 0 ? words::ex_chart_parts_total : name_of_component(component))}));
  e.lines = {f.say(words::ex_chart_parts_click)};
  return e;
}

Explanation explain_message(const Frame& f, int index) {
  const auto& messages = f.status.messages;
  if (messages.empty()) return {};
  const int last = static_cast<int>(messages.size()) - 1;
  Explanation e =
      only(messages[static_cast<std::size_t>(index < 0 || index > last ? last : index)]);
  e.lines = {f.say(words::ex_message_close)};
  return e;
}

}  // namespace

Explanation explain_control(const Frame& f, const PartId& part) {
  if (const Phrase* phrase = phrase_for(part.kind)) return only(f.say(*phrase));
  Explanation e;
  switch (part.kind) {
    case PartKind::chart_scale:
      e = only(f.say(words::ex_chart_scale));
      e.lines = {f.say(words::ex_chart_scale_linear), f.say(words::ex_chart_scale_log)};
      return e;
    case PartKind::chart_parts:
      return explain_chart_parts(f);
    case PartKind::heat_toggle:
      e = only(f.say(words::ex_heat));
      e.lines = {f.say(words::ex_heat_formula)};
      return e;
    case PartKind::memory_budget:
      e = only(f.say(words::ex_memory,
                     {bytes_text(f.status.memory_bytes), bytes_text(f.status.memory_budget)}));
      e.lines = {f.say(words::ex_memory_note)};
      return e;
    case PartKind::place_button:
      return only(f.say(part.a == 0   ? words::key_lessons
                        : part.a == 1 ? words::key_explore
                        : part.a == 2 ? words::key_scenarios
                                      : words::key_costs));
    case PartKind::prompt_button:
      e = only(f.say(words::ex_prompt));
      e.lines = {f.say(words::ex_prompt_reuse)};
      return e;
    case PartKind::model_button:
      return explain_model(f);
    case PartKind::sampling_button:
      e = only(f.say(words::ex_sampling));
      if (!f.status.sampling.empty())
        e.lines = {f.say(words::ex_sampling_now, {f.status.sampling})};
      return e;
    case PartKind::slider:
      return only(f.say(words::ex_slider, {fmt::format("{:.1f}", std::max(0, part.a) / 10.0)}));
    case PartKind::pace_button:
      return explain_pace(f, part.a);
    case PartKind::speed_button:
      return only(f.say(words::ex_speed, {fmt::format("{:g}", f.status.speed)}));
    case PartKind::message:
      return explain_message(f, part.a);
    case PartKind::cancel_button:
      e = only(f.say(words::ex_cancel));
      if (!f.status.activity.empty()) e.lines = {f.status.activity};
      return e;
    default:
      return {};
  }
}

}  // namespace kv::scene
