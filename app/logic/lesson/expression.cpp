#include "app/logic/lesson/expression.h"

#include <initializer_list>
#include <optional>
#include <vector>

#include "app/logic/lesson/quantities_arithmetic.h"
#include "app/logic/lesson/quantities_symbols.h"

namespace kv::app {
namespace {

using Value = core::Result<Quantity>;

// Brackets, arguments and signs within each other: the parser calls itself for them.
constexpr int deepest = 64;

// Reads and computes at once. What `and` and `or` need not look at is read without being computed:
// everything there is 0.
class Parser {
 public:
  Parser(std::string_view text, const Resolver& resolver) : text_(text), resolver_(resolver) {
    advance();
  }

  Value whole() {
    auto value = disjunction();
    if (value && symbol_.type != Symbol::Type::end) return unexpected("an operator or the end");
    return value;
  }

 private:
  using Rule = Value (Parser::*)();

  void advance() { symbol_ = read_symbol(text_, next_, next_); }

  std::optional<std::string_view> take(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
      if (!symbol_.is(word)) continue;
      advance();
      return word;
    }
    return {};
  }

  core::Error unexpected(const char* expected) const {
    return expression_error("found " + describe(symbol_) + ", expected " + expected);
  }

  Value deeper(Rule rule) {
    if (depth_ == deepest)
      return expression_error("found more than " + std::to_string(deepest) +
                              " brackets or signs within each other, expected fewer");
    ++depth_;
    auto value = (this->*rule)();
    --depth_;
    return value;
  }

  Value combined(std::string_view sign, const Quantity& left, const Quantity& right) const {
    return skipped_ > 0 ? Quantity{} : combine(sign, left, right);
  }

  // Operands of one strength, from left to right.
  Value chain(Rule operand, std::initializer_list<std::string_view> signs) {
    auto left = (this->*operand)();
    while (left) {
      const auto sign = take(signs);
      if (!sign) break;
      const auto right = (this->*operand)();
      if (!right) return right;
      left = combined(*sign, *left, *right);
    }
    return left;
  }

  // `and` is decided by a left side that does not hold, `or` by one that does.
  Value conditions(Rule operand, std::string_view word, bool decisive) {
    auto left = (this->*operand)();
    while (left && take({word})) {
      const auto first = truth_of(*left);
      if (!first) return first.error();
      const bool decided = *first == decisive;
      skipped_ += decided ? 1 : 0;
      const auto right = (this->*operand)();
      skipped_ -= decided ? 1 : 0;
      if (!right) return right;
      const auto second = truth_of(*right);
      if (!second) return second.error();
      const bool holds = decided ? decisive : *second;
      left = Quantity{.value = holds ? 1.0 : 0.0};
    }
    return left;
  }

  Value disjunction() { return conditions(&Parser::conjunction, "or", true); }
  Value conjunction() { return conditions(&Parser::negation, "and", false); }

  Value negation() {
    if (!take({"not"})) return comparison();
    const auto value = deeper(&Parser::negation);
    if (!value) return value;
    const auto truth = truth_of(*value);
    if (!truth) return truth.error();
    return Quantity{.value = *truth ? 0.0 : 1.0};
  }

  Value comparison() {
    const auto left = sum();
    if (!left) return left;
    const auto sign = take({"=", "!=", "<", "<=", ">", ">="});
    if (!sign) return left;
    const auto right = sum();
    return right ? combined(*sign, *left, *right) : right;
  }

  Value sum() { return chain(&Parser::product, {"+", "-"}); }
  Value product() { return chain(&Parser::sign, {"*", "/"}); }

  Value sign() {
    if (!take({"-"})) return power();
    const auto value = deeper(&Parser::sign);
    return value ? negative(*value) : value;
  }

  Value power() {
    const auto base = primary();
    if (!base || !take({"^"})) return base;
    const auto exponent = deeper(&Parser::sign);
    return exponent ? combined("^", *base, *exponent) : exponent;
  }

  Value primary() {
    const Symbol symbol = symbol_;
    const bool keyword = symbol.is("and") || symbol.is("or") || symbol.is("not");
    switch (symbol.type) {
      case Symbol::Type::number:
        advance();
        return Quantity{.value = symbol.number};
      case Symbol::Type::text:
        advance();
        return Quantity{.value = 0, .kind = Kind::text, .text = std::string(symbol.source)};
      case Symbol::Type::name:
        if (keyword) return unexpected("a value");
        advance();
        return call(symbol.source);
      default:
        return take({"("}) ? bracket() : unexpected("a value");
    }
  }

  Value bracket() {
    auto value = deeper(&Parser::disjunction);
    if (value && !take({")"})) return unexpected("')'");
    return value;
  }

  Value call(std::string_view name) {
    std::vector<Quantity> arguments;
    if (take({"("}) && !take({")"})) {
      do {
        const auto argument = deeper(&Parser::disjunction);
        if (!argument) return argument;
        arguments.push_back(*argument);
      } while (take({","}));
      if (!take({")"})) return unexpected("',' or ')'");
    }
    return skipped_ > 0 ? Quantity{} : resolver_(name, arguments);
  }

  std::string_view text_;
  const Resolver& resolver_;
  Symbol symbol_;
  std::size_t next_ = 0;
  int depth_ = 0;
  int skipped_ = 0;  // conditions around this one that are decided already
};

}  // namespace

core::Result<Quantity> evaluate(std::string_view expression, const Resolver& resolver) {
  return Parser(expression, resolver).whole();
}

}  // namespace kv::app
