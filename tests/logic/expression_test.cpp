// The language of lessons' numbers: grammar, kinds, printing, placeholders, errors.
#include "app/logic/lesson/expression.h"

#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace kv::test {
namespace {

using app::Kind;
using app::Quantity;

// A few names of each kind; sum(...) adds its arguments, count() says how many there were.
core::Result<Quantity> resolve(std::string_view name, std::span<const Quantity> arguments) {
  static const std::map<std::string_view, Quantity> known = {
      {"six", {6, Kind::count}},          {"work", {3e6, Kind::flops}},
      {"room", {4000, Kind::bytes}},      {"time", {0.0032, Kind::seconds}},
      {"speedup", {13.6, Kind::ratio}},   {"power", {2, Kind::exponent}},
      {"cat", {0, Kind::text, "a *cat*"}}};
  if (const auto found = known.find(name); found != known.end()) return found->second;
  Quantity sum;
  for (const Quantity& argument : arguments) sum.value += argument.value;
  if (name == "sum") return sum;
  if (name == "count") return Quantity{static_cast<double>(arguments.size())};
  return core::Error{core::ErrorKind::input, "unknown name '" + std::string(name) + "'"};
}

double value(std::string_view expression) {
  const auto result = app::evaluate(expression, resolve);
  EXPECT_TRUE(result) << expression << ": " << (result ? "" : result.error().message);
  return result ? result->value : -1e300;
}

Kind kind(std::string_view expression) {
  const auto result = app::evaluate(expression, resolve);
  EXPECT_TRUE(result) << expression << ": " << (result ? "" : result.error().message);
  return result ? result->kind : Kind::text;
}

std::string error(std::string_view expression) {
  const auto result = app::evaluate(expression, resolve);
  return result ? "none" : result.error().message;
}

TEST(Expression, NumbersAreReadTheSameInEveryLocale) {
  EXPECT_EQ(value("42"), 42);
  EXPECT_EQ(value(" 1.25 "), 1.25);
  EXPECT_EQ(value("14e9"), 14e9);
  EXPECT_EQ(value("1.5e-3"), 0.0015);
}

TEST(Expression, StrongerSignsFirst) {
  EXPECT_EQ(value("2 + 3 * 4"), 14);
  EXPECT_EQ(value("(2 + 3) * 4"), 20);
  EXPECT_EQ(value("2 * 3 ^ 2"), 18);
  EXPECT_EQ(value("-2 ^ 2"), -4);
  EXPECT_EQ(value("2 ^ -1"), 0.5);
  EXPECT_EQ(value("--2 - -3"), 5);
  EXPECT_EQ(value("1 + 1 = 2"), 1);
  EXPECT_EQ(value("not 1 = 2"), 1);
  EXPECT_EQ(value("not 0 and 0"), 0);
  EXPECT_EQ(value("1 or 0 and 0"), 1);
}

TEST(Expression, EqualStrengthFromTheLeftButPowersFromTheRight) {
  EXPECT_EQ(value("10 - 3 - 2"), 5);
  EXPECT_EQ(value("24 / 4 / 2"), 3);
  EXPECT_EQ(value("24 / 4 * 2"), 12);
  EXPECT_EQ(value("2 ^ 3 ^ 2"), 512);
}

TEST(Expression, ComparisonsAndConditions) {
  EXPECT_EQ(value("2 < 3"), 1);
  EXPECT_EQ(value("3 < 3"), 0);
  EXPECT_EQ(value("3 <= 3"), 1);
  EXPECT_EQ(value("3 > 2"), 1);
  EXPECT_EQ(value("2 >= 3"), 0);
  EXPECT_EQ(value("2 != 3"), 1);
  EXPECT_EQ(value("cat = 'a *cat*'"), 1);
  EXPECT_EQ(value("cat != 'dog'"), 1);
  EXPECT_EQ(value("7 and 0.5"), 1);
  EXPECT_EQ(value("not 7"), 0);
}

TEST(Expression, WhatIsDecidedIsNotComputed) {
  EXPECT_EQ(value("0 and nothing(1 / 0)"), 0);
  EXPECT_EQ(value("1 or nothing > 2"), 1);
  EXPECT_EQ(error("1 and nothing"), "unknown name 'nothing'");
  EXPECT_EQ(error("(0 and 1) or nothing"), "unknown name 'nothing'");
  EXPECT_NE(error("0 and ("), "none");
}

TEST(Expression, CallsWithAnyNumberOfArguments) {
  EXPECT_EQ(value("sum(1, 2 + 3, sum(4))"), 10);
  EXPECT_EQ(value("count()"), 0);
  EXPECT_EQ(value("count"), 0);
  EXPECT_EQ(value("count('a', 'b')"), 2);
  EXPECT_EQ(value("sum(1 < 2, 1 and 1)"), 2);
}

TEST(Expression, QuotientsOfEqualKindsAreRatios) {
  EXPECT_EQ(kind("work / work"), Kind::ratio);
  EXPECT_EQ(kind("six / six"), Kind::ratio);
  EXPECT_EQ(kind("work / room"), Kind::plain);
  EXPECT_EQ(kind("room / six"), Kind::bytes);
  EXPECT_EQ(kind("2 / six"), Kind::plain);
}

TEST(Expression, SumsAndProductsKeepKinds) {
  EXPECT_EQ(kind("work + work"), Kind::flops);
  EXPECT_EQ(kind("six - 1"), Kind::count);
  EXPECT_EQ(kind("1 + speedup"), Kind::ratio);
  EXPECT_EQ(kind("work + room"), Kind::plain);
  EXPECT_EQ(kind("2 * work"), Kind::flops);
  EXPECT_EQ(kind("room * six"), Kind::bytes);
  EXPECT_EQ(kind("speedup * time"), Kind::seconds);
  EXPECT_EQ(kind("power * 2"), Kind::exponent);
  EXPECT_EQ(kind("six * speedup"), Kind::count);
  EXPECT_EQ(kind("work * room"), Kind::plain);
  EXPECT_EQ(kind("six ^ 2"), Kind::plain);
  EXPECT_EQ(kind("work < work"), Kind::plain);
  EXPECT_EQ(kind("-work"), Kind::flops);
}

TEST(Expression, GrammarErrorsNameThePlace) {
  EXPECT_EQ(error(""), "found the end, expected a value");
  EXPECT_EQ(error("1 +"), "found the end, expected a value");
  EXPECT_EQ(error("1 + )"), "found ')' at character 5, expected a value");
  EXPECT_EQ(error("(1"), "found the end, expected ')'");
  EXPECT_EQ(error("sum(1 2)"), "found '2' at character 7, expected ',' or ')'");
  EXPECT_EQ(error("2x"), "found 'x' at character 2, expected an operator or the end");
  EXPECT_EQ(error("1 < 2 < 3"), "found '<' at character 7, expected an operator or the end");
  EXPECT_EQ(error("'open"), "found ''open' at character 1, expected a value");
  EXPECT_EQ(error("2 \u00D7 3"), "found '\u00D7' at character 3, expected an operator or the end");
  EXPECT_EQ(error("and"), "found 'and' at character 1, expected a value");
  EXPECT_EQ(error("1e999"), "found '1e999' at character 1, expected a value");
}

TEST(Expression, ArithmeticErrors) {
  EXPECT_EQ(error("1 / 0"), "'/': division by zero");
  EXPECT_EQ(error("10 ^ 1000"), "'^': found a result of inf, expected a finite number");
  EXPECT_NE(error("(-1) ^ 0.5").find("expected a finite number"), std::string::npos);
  EXPECT_EQ(error("1 + cat"), "'+': found 'a *cat*', expected a number");
  EXPECT_EQ(error("-cat"), "'-': found 'a *cat*', expected a number");
  EXPECT_EQ(error("cat < 'dog'"), "'<': found 'a *cat*', expected a number");
  EXPECT_EQ(error("cat and 1"), "found 'a *cat*', expected a condition");
}

TEST(Expression, DepthIsLimited) {
  const auto brackets = [](std::size_t count) {
    return std::string(count, '(') + "1" + std::string(count, ')');
  };
  EXPECT_EQ(value(brackets(60)), 1);
  EXPECT_NE(error(brackets(100'000)).find("within each other"), std::string::npos);
  EXPECT_NE(error(std::string(100'000, '-') + "1").find("within each other"), std::string::npos);
}

std::string printed(double value, Kind kind, std::string_view format = "") {
  const auto text = app::format_quantity({value, kind}, format);
  return text ? *text : text.error().message;
}

TEST(Format, ByKind) {
  EXPECT_EQ(printed(1234, Kind::count), "1,234");
  EXPECT_EQ(printed(24704.5, Kind::count), "24,704");
  EXPECT_EQ(printed(12.345, Kind::count), "12.3");
  EXPECT_EQ(printed(0, Kind::plain), "0");
  EXPECT_EQ(printed(1e6, Kind::plain), "1,000,000");
  EXPECT_EQ(printed(0.41234, Kind::plain), "0.412");
  EXPECT_EQ(printed(0.0123456, Kind::plain), "0.0123");
  EXPECT_EQ(printed(1.9e-6, Kind::plain), "1.90e-06");
  EXPECT_EQ(printed(9.996, Kind::plain), "10.0");
  EXPECT_EQ(printed(-0.5, Kind::plain), "\u22120.500");
  EXPECT_EQ(printed(1.814e6, Kind::flops), "1.81 MFLOP");
  EXPECT_EQ(printed(13107200000, Kind::bytes), "13.1 GB");
  EXPECT_EQ(printed(12.5, Kind::bytes), "12.5 B");
  EXPECT_EQ(printed(0.0032, Kind::seconds), "3.20 ms");
  EXPECT_EQ(printed(2.8512, Kind::exponent), "2.85");
  EXPECT_EQ(*app::format_quantity({0, Kind::text, " cat"}, ""), " cat");
}

TEST(Format, RatiosGainNoDigits) {
  EXPECT_EQ(printed(13.5912, Kind::ratio), "13.6\u00D7");
  EXPECT_EQ(printed(2.3, Kind::ratio), "2.3\u00D7");
  EXPECT_EQ(printed(4, Kind::ratio), "4\u00D7");
  EXPECT_EQ(printed(0.25, Kind::ratio), "0.25\u00D7");
  EXPECT_EQ(printed(2.0001, Kind::ratio), "2.00\u00D7");
  EXPECT_EQ(printed(1234.5, Kind::ratio), "1,234\u00D7");
}

TEST(Format, ByName) {
  EXPECT_EQ(printed(17716740096, Kind::flops, "int"), "17,716,740,096");
  EXPECT_EQ(printed(2.6, Kind::plain, "int"), "3");
  EXPECT_EQ(printed(1.814e6, Kind::plain, "flop"), "1.81 MFLOP");
  EXPECT_EQ(printed(13107200000, Kind::plain, "bytes"), "13.1 GB");
  EXPECT_EQ(printed(13107200000, Kind::bytes, "ibytes"), "12.2 GiB");
  EXPECT_EQ(printed(12, Kind::plain, "seconds"), "12.0 s");
  EXPECT_EQ(printed(13.5912, Kind::plain, "x"), "13.6\u00D7");
  EXPECT_EQ(printed(0.125, Kind::plain, "percent"), "12.5%");
  EXPECT_EQ(printed(0.5, Kind::plain, "percent"), "50%");
  EXPECT_EQ(printed(12345.678, Kind::plain, "fix1"), "12,345.7");
  EXPECT_EQ(printed(2, Kind::plain, "fix2"), "2.00");
  EXPECT_EQ(printed(0.12345, Kind::plain, "fix3"), "0.123");
  EXPECT_EQ(printed(1.9e-6, Kind::plain, "sci"), "1.9e-06");
  EXPECT_EQ(printed(0.5, Kind::plain, "num"), "0.500");
  EXPECT_EQ(printed(-1234, Kind::count, "int"), "\u22121,234");
  EXPECT_EQ(printed(-0.001, Kind::plain, "fix2"), "0.00");
  EXPECT_EQ(*app::format_quantity({0, Kind::text, "cat"}, "text"), "cat");
}

TEST(Format, Errors) {
  EXPECT_EQ(printed(1, Kind::plain, "hex"), "unknown format 'hex'");
  EXPECT_EQ(printed(1, Kind::plain, "text"), "format 'text': found 1, expected a text");
  EXPECT_NE(printed(1e16, Kind::flops, "int").find("expected a number below 2^53"),
            std::string::npos);
  EXPECT_FALSE(app::format_quantity({0, Kind::text, "cat"}, "int"));
  EXPECT_FALSE(app::format_quantity({1 / 0.0, Kind::plain}, ""));
  EXPECT_EQ(printed(1e40, Kind::flops), "1.00e+40 FLOP");
}

std::string filled(std::string_view text) {
  const auto result = app::fill_placeholders(text, resolve, {});
  return result ? *result : "error: " + result.error().message;
}

TEST(Placeholders, AreReplacedWhereTheyStand) {
  EXPECT_EQ(filled("no number"), "no number");
  EXPECT_EQ(filled("{{six}} rows take {{ work | flop }}."), "6 rows take 3.00 MFLOP.");
  EXPECT_EQ(filled("{{work/six}}{{time}}"), "500 kFLOP3.20 ms");
  EXPECT_EQ(filled("$\\frac{{{six}}}{2}$"), "$\\frac{6}{2}$");
  EXPECT_EQ(filled("a } b }} c"), "a } b }} c");
  EXPECT_EQ(filled("{{count('a|b') | int}}"), "1");
}

TEST(Placeholders, OnlyWhatIsPutInIsEscaped) {
  const auto result = app::fill_placeholders("*so* {{cat}}", resolve, [](std::string text) {
    std::string escaped;
    for (const char c : text) escaped += c == '*' ? std::string("\\*") : std::string(1, c);
    return escaped;
  });
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, "*so* a \\*cat\\*");
}

TEST(Placeholders, ErrorsNameThem) {
  EXPECT_EQ(filled("a {{nothing}} b"), "error: {{nothing}}: unknown name 'nothing'");
  EXPECT_EQ(filled("{{ six | hex }}"), "error: {{six | hex}}: unknown format 'hex'");
  EXPECT_EQ(filled("{{six |}}"), "error: {{six |}}: found no format behind '|', expected one");
  EXPECT_EQ(filled("{{}}"), "error: {{}}: found the end, expected a value");
  EXPECT_NE(filled("a {{six b").find("expected '}}'"), std::string::npos);
  EXPECT_NE(filled("a {{six b {{six}}").find("expected '}}'"), std::string::npos);
}

}  // namespace
}  // namespace kv::test
