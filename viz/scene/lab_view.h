// What the laboratory's places show beyond the scenario itself, ready to be laid out: controls with
// their values, what was executed and measured, the drawing, the question. Made by app/logic/lab.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/bench/execute.h"
#include "core/bench/machine_probe.h"
#include "viz/scene/lesson_view.h"
#include "viz/scene/scenario.h"
#include "viz/scene/stage_spec.h"

namespace kv::scene {

// One row of the pane of controls.
struct ControlView {
  enum class Kind {
    heading,
    slider,  // `share`, `value`
    choice,  // one of `options`, `chosen`; any of them where `several`
    button,  // an action; `value` is what stands on it
  };
  Kind kind = Kind::slider;
  int id = -1;  // PartId::a of its parts
  std::string name;
  std::string value;
  float share = 0;  // 0..1 of a slider
  std::vector<std::string> options;
  int chosen = -1;
  bool several = false;  // then `on` has bit i set where option i is on
  unsigned on = 0;
  bool focused = false;  // what the arrow keys change
  bool enabled = true;
  std::string note;  // a quiet line below: why it is not enabled, what it does

  bool is_on(int option) const { return several ? (on >> option & 1U) != 0 : chosen == option; }
};

// The learner's own curve, judged.
struct DrawnView {
  std::vector<Vec2> points;  // (n, FLOPs), left to right
  bool enough = false;       // of it to be judged
  bool revealed = false;
  std::optional<double> exponent;  // of the drawing over its stretch
  double truth = 0;                // the true curve's over the same stretch, fitted the same way
  double factor = 1;               // how many times off on average (>= 1), once revealed
};

// A drill: one question after the other.
struct DrillView {
  int number = 1;            // of the question, from 1
  int right = 0, asked = 0;  // answered rightly at the first try; all that are answered
  int streak = 0;
  std::string topic;  // what kind of question it is
  LabPage picture = LabPage::curves;  // whose picture goes with the answer: or memory, or roofline
  QuestionView question;
};

struct LabView {
  std::vector<ControlView> controls;
  std::string text;  // the scenario's
  // Executed for this scenario; null: not (yet).
  std::shared_ptr<const core::Execution> executed;
  std::string executed_note;                          // why it cannot be, or how far it would come
  std::shared_ptr<const core::MachineProbe> probe;    // null: not measured
  std::shared_ptr<const BenchView> attention, model;  // benches on this machine
  std::shared_ptr<const core::Execution> model_growth;  // of the model bench: times by length
  DrawnView drawn;
  std::optional<DrillView> drill;
};

}  // namespace kv::scene
