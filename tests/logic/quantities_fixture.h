// Names of lessons' expressions, asked for as a lesson does: without a run, or of a small seeded
// one.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "app/logic/lesson/quantities.h"

namespace kv::test {

// Two layers of four heads on two kv heads of two dimensions; five prompt tokens, three new ones,
// both sides computed.
inline constexpr int prompt_tokens = 5;
core::Run small_run();

// That run with everything that belongs to one of its steps: layer 1, head 3, which reads kv
// head 1.
inline constexpr int shown_layer = 1, shown_head = 3, shown_kv_head = 1;
app::QuantitySource source_at(int step);

class Quantities : public testing::Test {
 protected:
  void at(int step) { resolver_ = app::resolver_of(source_at(step)); }
  void with(const app::QuantitySource& source) { resolver_ = app::resolver_of(source); }

  app::Quantity quantity(const std::string& expression) const {
    const auto result = app::evaluate(expression, resolver_);
    EXPECT_TRUE(result) << expression << ": " << (result ? "" : result.error().message);
    return result ? *result : app::Quantity{-1e300};
  }
  double value(const std::string& expression) const { return quantity(expression).value; }
  app::Kind kind(const std::string& expression) const { return quantity(expression).kind; }
  std::string text(const std::string& expression) const { return quantity(expression).text; }
  std::string printed(const std::string& placeholder) const {
    const auto result = app::fill_placeholders("{{" + placeholder + "}}", resolver_, {});
    return result ? *result : "error: " + result.error().message;
  }
  std::string error(const std::string& expression) const {
    const auto result = app::evaluate(expression, resolver_);
    return result ? "none" : result.error().message;
  }

  app::Resolver resolver_ = app::resolver_of({});
};

}  // namespace kv::test
