// How the learner looks at the subject: chosen layer and head, what is pointed at, language, theme.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/run/experiment.h"
#include "viz/scene/geometry.h"
#include "viz/scene/language.h"
#include "viz/scene/palette.h"
#include "viz/scene/part_pattern.h"
#include "viz/scene/scenario.h"
#include "viz/scene/stage_spec.h"
#include "viz/scene/timeline.h"

namespace kv::scene {

struct LabView;
struct LessonView;

enum class Overlay { none, help, legend, lessons };

enum class PlaceId { lessons, explore, scenarios, costs };
inline constexpr int place_count = 4;

// What the large part of the window shows; Explore is always `decode`.
enum class Stage { decode, chart, bill, roofline, bench, loop };

// What the chart plots: the total with attention beside it, or one component alone.
struct ChartView {
  bool log_log = false;
  int component = -1;  // -1: total and attention; else index into core::op_count_parts
  bool operator==(const ChartView&) const = default;
};

// A part of a matrix looked at more closely, in shares of the whole; the wheel changes it.
struct Zoom {
  float row0 = 0, row1 = 1, column0 = 0, column1 = 1;
  bool whole() const { return row0 <= 0 && row1 >= 1 && column0 <= 0 && column1 >= 1; }
  bool operator==(const Zoom&) const = default;
};

struct ViewState {
  int layer = 0;  // from 0
  int head = 0;   // query head, from 0
  Language language = Language::en;
  Theme theme = Theme::dark;
  bool high_contrast = false;
  bool reduced_motion = false;
  bool heat = false;  // K, V and triangle rows show how often they were computed
  ChartView chart;
  Zoom zoom;  // of the attention matrices of both sides
  Overlay overlay = Overlay::none;
  PartId hover;
  Vec2 pointer;  // units; where the tooltip stands
  std::optional<PartId> pinned;
  bool pointing = false;  // the presenter's spotlight, at `pointer`
  bool drawing = false;   // the presenter's pen
  std::vector<std::vector<Vec2>> strokes;  // of the pen, units
  bool blank = false;                      // a dark screen
  PlaceId place = PlaceId::explore;
  // Of a lesson's beat.
  Stage stage = Stage::decode;
  StageSpec spec;
  core::Experiment experiment = core::Experiment::none;
  std::vector<PartPattern> highlight;
  std::vector<PartPattern> hidden;  // covered: they would give an answer away
  std::optional<PartPattern> lit;  // named by the word under the pointer
  Scenario scenario;  // of the laboratory's place shown
};

// What the transport bar and the status line tell.
struct StatusView {
  bool playing = false;
  Pace pace = Pace::token;
  double speed = 1;
  float slider = 0;               // share of the run, 0..1
  std::string activity;           // work in progress, "" when none
  std::optional<float> progress;  // of it, 0..1, where known
  bool can_cancel = false;
  std::vector<std::string> messages;  // newest last; a click closes one
  std::uint64_t memory_bytes = 0;     // records and grids kept
  std::uint64_t memory_budget = 0;
  int reused_rows = 0;   // of the latest branch
  std::string sampling;  // "greedy", "T 0.8, top-k 40, seed 1"
  // Keys and what they do, for the help page; an entry without words begins a group.
  std::vector<std::pair<std::string, std::string>> help_rows;
  bool invites = false;  // to the lessons: somebody who has seen none
  std::shared_ptr<const LessonView> lesson;  // null: none is open
  std::shared_ptr<const LabView> lab;        // null: another place is shown
};

}  // namespace kv::scene
