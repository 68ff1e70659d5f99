// The names of lessons' expressions, from name to function. Inside of quantities.cpp and what it
// gathers.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/logic/lesson/quantities.h"
#include "core/engine/closed_form.h"

namespace kv::app {

// One name as it stands in an expression.
struct Call {
  const QuantitySource& source;
  std::string_view name;
  std::span<const Quantity> arguments;
};

struct NamedQuantity {
  const char* name;
  std::size_t least, most;  // arguments
  core::Result<Quantity> (*compute)(const Call& call);
};

// A file each.
std::span<const NamedQuantity> run_quantities();        // sizes and costs of the run shown
std::span<const NamedQuantity> token_quantities();      // what it chose, how both sides agree
std::span<const NamedQuantity> attention_quantities();  // values in the layer and head shown
std::span<const NamedQuantity> experiment_quantities();
std::span<const NamedQuantity> cost_quantities();     // from sizes alone
std::span<const NamedQuantity> machine_quantities();  // of machines: on paper, published, here
std::span<const NamedQuantity> lab_quantities();      // of other shapes and batches, on paper
std::span<const NamedQuantity> math_quantities();

// "flops('cachd'): found 'cachd', expected 'cached' or 'uncached'".
core::Error mistake(const Call& call, std::string_view found, std::string_view expected);

inline Quantity quantity(Kind kind, double value) { return {.value = value, .kind = kind}; }
inline Quantity quantity(Kind kind, core::Uint128 value) {
  return quantity(kind, core::to_double(value));
}
inline Quantity text_quantity(std::string text) {
  return {.value = 0, .kind = Kind::text, .text = std::move(text)};
}

// The closed forms hold up to here.
inline constexpr std::int64_t most_tokens = 10'000'000'000;

// A count's part by name: those of op_count_parts, and the lessons' sums of them.
core::Uint128 part_of(const core::OpCount& count, std::string_view component);

struct NamedModel {
  core::CostConfig cost;
  bool preset = false;  // else one of the program's own
};

// The arguments of a call, checked while they are read. What is wrong is kept, the first alone, and
// a value that does no harm stands in for it: look at error() before computing.
class Arguments {
 public:
  explicit Arguments(const Call& call) : call_(call) {}

  const core::Status& error() const { return error_; }

  bool given(std::size_t index) const { return index < call_.arguments.size(); }
  double number(std::size_t index);
  std::int64_t whole(std::size_t index, std::int64_t least, std::int64_t most);
  std::string text(std::size_t index);
  // Which of `names` it is; the first where the argument is left out.
  std::size_t choice(std::size_t index, std::span<const std::string_view> names);
  std::size_t choice(std::size_t index, std::initializer_list<std::string_view> names) {
    return choice(index, std::span(names.begin(), names.size()));
  }
  core::Side side(std::size_t index);
  std::string_view component(std::size_t index);  // 'total' where it is left out
  NamedModel model(std::size_t index);
  // One whose FLOPs are known in closed form.
  core::ModelConfig closed_form_model(std::size_t index);

  void refuse(std::string_view found, std::string_view expected);

 private:
  void refuse(std::size_t index, std::string_view expected);

  const Call& call_;
  core::Status error_;
};

// The run, and its forward that made new token `source.step`. Errors where there is none.
core::Result<const core::Run*> run_of(const Call& call);
core::Result<const core::Step*> step_of(const Call& call);

}  // namespace kv::app
