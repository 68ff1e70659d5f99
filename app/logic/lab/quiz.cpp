#include "app/logic/lab/quiz.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "app/logic/lesson/expression.h"
#include "app/logic/lesson/markdown.h"
#include "core/base/random.h"

namespace kv::app {
namespace {

using core::Result;

constexpr int most_tries = 200;
constexpr double least_distance = 0.04;  // of two options, as a share of the larger

// A stream of numbers of its own for every purpose.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t stream) : seed_(core::random_bits(seed, stream)) {}
  std::size_t below(std::size_t count) { return core::random_bits(seed_, thrown_++) % count; }

 private:
  std::uint64_t seed_;
  std::uint64_t thrown_ = 0;
};

template <class T>
void shuffle(std::vector<T>& items, Dice& dice) {
  for (std::size_t left = items.size(); left > 1; --left)
    std::swap(items[left - 1], items[dice.below(left)]);
}

// Streams 2 r are of round r's order, 2 n + 1 of the n-th question's numbers.
std::vector<std::size_t> shuffled(std::size_t questions, std::uint64_t seed, std::uint64_t round) {
  std::vector<std::size_t> order(questions);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Dice dice(seed, 2 * round);
  shuffle(order, dice);
  return order;
}

// The same question does not end one round and begin the next. Changing the first two places leaves
// the last as it is.
std::vector<std::size_t> order_of_round(std::size_t questions, std::uint64_t seed,
                                        std::uint64_t round) {
  std::vector<std::size_t> order = shuffled(questions, seed, round);
  if (round > 0 && questions > 2 && shuffled(questions, seed, round - 1).back() == order[0])
    std::swap(order[0], order[1]);
  return order;
}

// What the names of a question mean, those of all quantities behind them.
class Names {
 public:
  explicit Names(const QuantitySource& source) : quantities_(resolver_of(source)) {}

  void set(const std::string& name, Quantity quantity) { known_[name] = std::move(quantity); }
  Result<Quantity> value(const std::string& expression) const {
    return evaluate(expression, resolver());
  }
  Resolver resolver() const {
    return [this](std::string_view name, std::span<const Quantity> arguments) -> Result<Quantity> {
      const auto found = known_.find(name);
      if (found != known_.end() && arguments.empty()) return found->second;
      return quantities_(name, arguments);
    };
  }

 private:
  Resolver quantities_;
  std::map<std::string, Quantity, std::less<>> known_;
};

struct Choice {
  std::string id;
  Quantity value;
  std::string text;
};

core::Status draw(const QuizQuestion& question, Dice& dice, Names& names) {
  for (const QuizDraw& draw : question.draws) {
    auto value = names.value(draw.among[dice.below(draw.among.size())]);
    if (!value) return value.error();
    names.set(draw.name, *std::move(value));
  }
  return {};
}

Result<bool> holds(const QuizQuestion& question, const Names& names) {
  if (question.condition.empty()) return true;
  const auto value = names.value(question.condition);
  if (!value) return value.error();
  return value->value != 0;
}

// All with three digits where one has more than it needs: the only number that is not round would
// give itself away.
void even_out(std::vector<Choice>& choices) {
  if (std::ranges::none_of(choices, [](const Choice& choice) { return choice.text.find('.') != std::string::npos; }))
    return;
  for (Choice& choice : choices)
    if (auto text = format_quantity(choice.value, "x3")) choice.text = *std::move(text);
}

Result<std::vector<Choice>> choices_of(const QuizQuestion& question, const Names& names) {
  std::vector<Choice> choices;
  for (const QuizOption& option : question.options) {
    const auto value = names.value(option.value);
    if (!value) return value.error();
    const auto text = format_quantity(*value, question.format);
    if (!text) return text.error();
    choices.push_back({option.id, *value, *text});
  }
  if (question.format == "x") even_out(choices);
  return choices;
}

bool apart(const Choice& a, const Choice& b) {
  const double x = a.value.value, y = b.value.value;
  return a.text != b.text &&
         std::fabs(x - y) > least_distance * std::max(std::fabs(x), std::fabs(y));
}

bool all_apart(const std::vector<Choice>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!apart(choices[i], choices[j])) return false;
  return true;
}

// Numbers for the question, drawn until they do; the right choice comes first.
Result<std::vector<Choice>> find_numbers(const QuizQuestion& question, Dice& dice, Names& names) {
  for (int i = 0; i < most_tries; ++i) {
    if (const auto error = draw(question, dice, names)) return *error;
    const auto good = holds(question, names);
    if (!good) return good.error();
    if (!*good) continue;
    auto choices = choices_of(question, names);
    if (!choices || all_apart(*choices)) return choices;
  }
  return core::Error{core::ErrorKind::input,
                     fmt::format("found no numbers in {} draws, expected some that satisfy the "
                                 "condition and keep all options apart",
                                 most_tries)};
}

Result<scene::RichText> filled(const Section& section, const Names& names) {
  const auto words = fill_placeholders(section.text, names.resolver(), escape_markdown);
  if (!words) return words.error();
  return parse_markdown(*words);
}

// Numbers without commas, which would part them.
std::string without_commas(std::string text) {
  std::erase(text, ',');
  return text;
}

core::Status fill_words(const QuizQuestion& question, const QuizWords& words, Names& names,
                        const std::vector<Choice>& choices, AskedQuestion& asked) {
  auto text = filled(words.question, names);
  if (!text) return text.error();
  auto reveal = filled(words.reveal, names);
  if (!reveal) return reveal.error();
  auto scenario = fill_placeholders(question.scenario, names.resolver(), without_commas);
  if (!scenario) return scenario.error();
  asked.text = *std::move(text);
  asked.reveal = *std::move(reveal);
  asked.scenario = *std::move(scenario);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const Choice& choice = choices[i];
    names.set("chosen", choice.value);
    const auto why = words.whys.find(choice.id);
    auto reason = why == words.whys.end() ? scene::RichText{} : filled(why->second, names);
    if (!reason) return reason.error();
    asked.whys.push_back(*std::move(reason));
    asked.options.push_back(parse_markdown(escape_markdown(choice.text)));
    asked.option_texts.push_back(choice.text);
    asked.mistakes.push_back(choice.id);
    asked.values.push_back(choice.value.value);
    if (choice.id == question.options.front().id) asked.right = static_cast<int>(i);
  }
  return {};
}

Result<AskedQuestion> ask_one(const QuizQuestion& question, const QuizWords& words, Dice& dice,
                              const QuantitySource& source) {
  Names names(source);
  auto choices = find_numbers(question, dice, names);
  if (!choices) return choices.error();
  names.set("answer", choices->front().value);
  shuffle(*choices, dice);
  AskedQuestion asked;
  asked.id = question.id;
  asked.topic = question.topic;
  if (const auto error = fill_words(question, words, names, *choices, asked)) return *error;
  return asked;
}

}  // namespace

Result<AskedQuestion> ask(const Quiz& quiz, std::uint64_t seed, int n, scene::Language language,
                          const QuantitySource& source) {
  const std::size_t count = quiz.questions.size();
  const auto& words = quiz.words[static_cast<std::size_t>(language)];
  if (count == 0 || words.size() != count || n < 0)
    return core::Error{core::ErrorKind::input, "quiz: found nothing to ask, expected questions"};
  const auto place = static_cast<std::uint64_t>(n);
  const std::size_t index = order_of_round(count, seed, place / count)[place % count];
  Dice dice(seed, 2 * place + 1);
  const QuizQuestion& question = quiz.questions[index];
  auto asked = ask_one(question, words[index], dice, source);
  if (!asked)
    return core::Error{asked.error().kind, quiz.folder + ": question " + core::quoted(question.id) +
                                               ": " + asked.error().message};
  asked->question = static_cast<int>(index);
  return asked;
}

}  // namespace kv::app
