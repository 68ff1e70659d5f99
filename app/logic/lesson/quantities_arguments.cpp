#include <array>
#include <cmath>

#include "app/logic/lesson/quantities_arithmetic.h"
#include "app/logic/lesson/quantities_table.h"
#include "core/cost/presets.h"
#include "viz/scene/number_text.h"

namespace kv::app {
namespace {

struct Component {
  std::string_view name;
  core::Uint128 (*part)(const core::OpCount& count);
};

template <core::Uint128 core::OpCount::*member>
core::Uint128 plain_part(const core::OpCount& count) {
  return count.*member;
}
core::Uint128 total(const core::OpCount& count) { return count.total(); }
core::Uint128 attention(const core::OpCount& count) { return count.scores + count.weighted_sum; }
core::Uint128 rest(const core::OpCount& count) {
  return count.total() - attention(count) - count.head;
}
core::Uint128 masked(const core::OpCount& count) {
  return count.scores_masked + count.weighted_sum_masked;
}

constexpr std::array<Component, 13> components = {
    {{"total", total},
     {"attention", attention},
     {"rest", rest},
     {"masked", masked},
     {"other", plain_part<&core::OpCount::other>},
     {"q", plain_part<&core::OpCount::q>},
     {"k", plain_part<&core::OpCount::k>},
     {"v", plain_part<&core::OpCount::v>},
     {"scores", plain_part<&core::OpCount::scores>},
     {"weighted_sum", plain_part<&core::OpCount::weighted_sum>},
     {"output", plain_part<&core::OpCount::output>},
     {"mlp", plain_part<&core::OpCount::mlp>},
     {"head", plain_part<&core::OpCount::head>}}};

constexpr std::array<std::string_view, components.size()> component_names() {
  std::array<std::string_view, components.size()> names;
  for (std::size_t i = 0; i < components.size(); ++i) names[i] = components[i].name;
  return names;
}

// "'a', 'b' or 'c'".
std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += "'" + std::string(names[i]) + "'";
  }
  return text;
}

std::string grouped(std::int64_t value) {
  return scene::grouped_text(static_cast<core::Uint128>(value));
}

std::optional<NamedModel> find_model(const QuantitySource& source, const std::string& name) {
  if (name == "this") {
    if (!source.subject.run) return {};
    return NamedModel{core::dense_cost_config(source.subject.run->model->config), false};
  }
  if (const core::Preset* preset = core::find_preset(name)) return NamedModel{preset->cost, true};
  const auto own = source.model_sizes ? source.model_sizes(name) : nullptr;
  if (!own) return {};
  return NamedModel{*own, false};
}

}  // namespace

core::Uint128 part_of(const core::OpCount& count, std::string_view component) {
  for (const Component& known : components)
    if (known.name == component) return known.part(count);
  return 0;
}

core::Error mistake(const Call& call, std::string_view found, std::string_view expected) {
  std::string text(call.name);
  for (std::size_t i = 0; i < call.arguments.size(); ++i)
    text += (i == 0 ? "(" : ", ") + describe(call.arguments[i]);
  if (!call.arguments.empty()) text += ")";
  return expression_error(text + ": found " + std::string(found) + ", expected " +
                          std::string(expected));
}

void Arguments::refuse(std::string_view found, std::string_view expected) {
  if (!error_) error_ = mistake(call_, found, expected);
}

void Arguments::refuse(std::size_t index, std::string_view expected) {
  refuse(given(index) ? describe(call_.arguments[index]) : "nothing", expected);
}

double Arguments::number(std::size_t index) {
  if (given(index) && call_.arguments[index].kind != Kind::text)
    return call_.arguments[index].value;
  refuse(index, "a number");
  return 0;
}

std::int64_t Arguments::whole(std::size_t index, std::int64_t least, std::int64_t most) {
  if (given(index) && call_.arguments[index].kind != Kind::text) {
    const double value = call_.arguments[index].value;
    const bool inside = value >= static_cast<double>(least) && value <= static_cast<double>(most);
    if (inside && value == std::floor(value)) return static_cast<std::int64_t>(value);
  }
  refuse(index, most < least ? std::string("none: there are no such rows yet")
                             : "a whole number from " + grouped(least) + " to " + grouped(most));
  return least;
}

std::string Arguments::text(std::size_t index) {
  if (given(index) && call_.arguments[index].kind == Kind::text) return call_.arguments[index].text;
  refuse(index, "a 'text'");
  return {};
}

std::size_t Arguments::choice(std::size_t index, std::span<const std::string_view> names) {
  if (!given(index)) return 0;
  const Quantity& argument = call_.arguments[index];
  for (std::size_t i = 0; i < names.size(); ++i)
    if (argument.kind == Kind::text && argument.text == names[i]) return i;
  refuse(index, listed(names));
  return 0;
}

core::Side Arguments::side(std::size_t index) {
  return choice(index, {"cached", "uncached"}) == 0 ? core::Side::cached : core::Side::uncached;
}

std::string_view Arguments::component(std::size_t index) {
  static constexpr auto names = component_names();
  return names[choice(index, names)];
}

NamedModel Arguments::model(std::size_t index) {
  const std::string name = text(index);
  if (error_) return {};
  if (auto found = find_model(call_.source, name)) return *std::move(found);
  if (name == "this")
    refuse("'this' where no run is shown", "a run");
  else
    refuse(index, "'this', a preset, a built-in model or random:...");
  return {};
}

core::ModelConfig Arguments::closed_form_model(std::size_t index) {
  const NamedModel found = model(index);
  if (!error_ && !core::has_closed_form(found.cost))
    refuse(index, "a model without latent attention and experts: its FLOPs have a closed form");
  return found.cost.model;
}

}  // namespace kv::app
