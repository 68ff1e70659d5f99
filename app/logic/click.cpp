#include "app/logic/click.h"

#include <algorithm>
#include <cmath>

#include "app/logic/branch.h"
#include "app/logic/lab/lab.h"
#include "app/logic/lesson/answering.h"
#include "app/logic/lesson/links.h"
#include "app/logic/lesson/teaching.h"
#include "app/logic/playback.h"
#include "viz/scene/views/stages.h"
#include "viz/scene/views/step_data.h"

namespace kv::app {
namespace {

using scene::PartId;
using scene::PartKind;

struct ButtonCommand {
  PartKind kind;
  Command command;
};
constexpr ButtonCommand buttons[] = {
    {PartKind::layer_up, Command::layer_up},
    {PartKind::layer_down, Command::layer_down},
    {PartKind::chart_scale, Command::toggle_chart_scale},
    {PartKind::chart_parts, Command::next_chart_part},
    {PartKind::heat_toggle, Command::toggle_heat},
    {PartKind::language_button, Command::next_language},
    {PartKind::theme_button, Command::next_theme},
    {PartKind::help_button, Command::toggle_help},
    {PartKind::legend_button, Command::toggle_legend},
    {PartKind::first_button, Command::first},
    {PartKind::back_button, Command::back},
    {PartKind::play_button, Command::play_or_pause},
    {PartKind::next_button, Command::next},
    {PartKind::last_button, Command::last},
    {PartKind::cancel_button, Command::cancel_work},
    {PartKind::speed_button, Command::next_speed},
    {PartKind::overlay, Command::escape},
    {PartKind::list_button, Command::toggle_list},
    {PartKind::lecture_button, Command::toggle_lecture},
    {PartKind::notes_button, Command::toggle_notes},
    {PartKind::vote_button, Command::toggle_votes},
    {PartKind::answer_button, Command::answer},
    {PartKind::reveal_button, Command::reveal},
};

const Command* command_of(PartKind kind) {
  for (const ButtonCommand& button : buttons)
    if (button.kind == kind) return &button.command;
  return nullptr;
}

bool within(int index, int count) { return index >= 0 && index < count; }

int prompt_size(const AppState& state) { return static_cast<int>(state.now.run->prompt.size()); }

// Tokens, rows and the chart count along the text; a step is where it came to that length.
void go_to_length(AppState& state, int tokens, int least_step) {
  const int step = std::max(tokens, 0) - prompt_size(state) + 1;
  go_to(state, scene::rest_after(std::max(step, least_step)));
}

// A row is computed first in the step that has it as its newest, or with the prompt.
void go_to_birth(AppState& state, int row) { go_to_length(state, std::max(row, 0) + 1, 1); }

void pin(AppState& state, const PartId& part) {
  if (state.view.pinned == part)
    state.view.pinned.reset();
  else
    state.view.pinned = part;
}

// Rank in the distribution of the step shown.
void choose_candidate(AppState& state, int rank) {
  const int step = state.now.moment.step - 1;
  if (!within(step, static_cast<int>(state.text->candidates.size()))) return;
  const auto& candidates = state.text->candidates[static_cast<std::size_t>(step)];
  if (!within(rank, static_cast<int>(candidates.size()))) return;
  force_token(state, step, candidates[static_cast<std::size_t>(rank)].token);
}

void go_to_operation(AppState& state, int index) {
  if (!within(index, scene::operation_count)) return;
  const auto operation = static_cast<scene::Operation>(index);
  go_to(state, {.step = std::max(1, state.now.moment.step),
                .layer = scene::in_layer(operation) ? state.view.layer : 0,
                .operation = operation,
                .t = 1});
}

// Parts that show something of the run.
void click_on_run(AppState& state, const PartId& part) {
  const core::ModelConfig& config = state.now.run->model->config;
  switch (part.kind) {
    case PartKind::token:
      // The one that the token was made by; the prompt's tokens have no other than the first.
      return go_to_length(state, part.a, 1);
    case PartKind::candidate:
      return choose_candidate(state, part.a);
    case PartKind::row_label:
      return go_to_birth(state, part.a);
    case PartKind::key_cell:
    case PartKind::value_cell:
    case PartKind::attention_cell:
      return state.view.heat ? go_to_birth(state, part.a) : pin(state, part);
    case PartKind::layer_button:
      if (within(part.a, config.layers)) state.view.layer = part.a;
      return;
    case PartKind::head_thumbnail:
      if (within(part.a, config.heads)) state.view.head = part.a;
      return;
    case PartKind::operation_chip:
      return go_to_operation(state, part.a);
    case PartKind::component:
      if (!within(part.a, static_cast<int>(core::op_count_parts.size()))) return;
      state.view.chart.component = state.view.chart.component == part.a ? -1 : part.a;
      return;
    case PartKind::chart:
      return go_to_length(state, part.a, 0);
    case PartKind::slider:
      return scrub(state, static_cast<float>(part.a) / 1000);
    default:
      return;
  }
}

// Words and answers of a lesson.
bool click_on_lesson(AppState& state, const PartId& part) {
  switch (part.kind) {
    case PartKind::place_button:
      if (within(part.a, scene::place_count))
        go_to_place(state, static_cast<scene::PlaceId>(part.a));
      return true;
    case PartKind::beat_button:
      go_to_beat(state, state.lesson.lesson, part.a);
      return true;
    case PartKind::lesson_button:
      go_to_beat(state, part.a, part.b);
      return true;
    case PartKind::link:
      follow_link(state, part.a);
      return true;
    case PartKind::option:
      state.lesson.voting ? vote(state, part.a, 1) : choose_option(state, part.a);
      return true;
    case PartKind::vote_more:
    case PartKind::vote_less:
      vote(state, part.a, part.kind == PartKind::vote_more ? 1 : -1);
      return true;
    default:
      return answer_click(state, part);
  }
}

}  // namespace

void click(AppState& state, const PartId& part) {
  if (const Command* command = command_of(part.kind)) return run_command(state, *command);
  if (lab_click(state, part) || click_on_lesson(state, part)) return;
  switch (part.kind) {
    case PartKind::message:
      if (within(part.a, static_cast<int>(state.messages.size())))
        state.messages.erase(state.messages.begin() + part.a);
      return;
    case PartKind::pace_button:
      if (within(part.a, scene::pace_count)) state.playback.pace = static_cast<scene::Pace>(part.a);
      return;
    default:
      if (state.now.run) click_on_run(state, part);
  }
}

void hover(AppState& state, const PartId& part, scene::Vec2 pointer) {
  state.view.hover = part;
  state.view.pointer = pointer;
  state.view.lit = part.kind == PartKind::link ? pattern_of_link(state, part.a) : std::nullopt;
}

void drag(AppState& state, const PartId& part) {
  lab_drag(state, part);
  if (part.kind == PartKind::answer_scale)
    set_estimate(state, static_cast<float>(part.a) / 1000);
  if (part.kind == PartKind::stage_chart && state.now.run)
    if (const auto value = scene::chart_value(state.view.spec, state.now.run->model->config, part))
      draw_point(state, *value);
}

// The wheel zooms around the cell under the pointer, which stays where it is.
void wheel(AppState& state, const PartId& part, float notches) {
  if (part.kind != PartKind::attention_cell || !state.now.run || !std::isfinite(notches)) return;
  scene::Zoom& zoom = state.view.zoom;
  const int rows = prompt_size(state) + std::max(1, state.now.moment.step) - 1;
  const auto capacity = static_cast<float>(scene::row_capacity(rows));
  const float factor = std::pow(0.8F, std::clamp(notches, -10.0F, 10.0F));
  const auto along = [&](float& begin, float& end, int cell) {
    constexpr float fewest_cells = 8;
    const float at = std::clamp((static_cast<float>(cell) + 0.5F) / capacity, 0.0F, 1.0F);
    const float least = std::min(1.0F, fewest_cells / capacity);
    const float size = std::clamp((end - begin) * factor, least, 1.0F);
    const float share = (at - begin) / std::max(end - begin, 1e-6F);
    begin = std::clamp(at - share * size, 0.0F, 1 - size);
    end = begin + size;
  };
  along(zoom.row0, zoom.row1, part.a);
  along(zoom.column0, zoom.column1, part.b);
}

}  // namespace kv::app
