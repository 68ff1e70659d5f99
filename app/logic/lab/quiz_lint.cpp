#include "app/logic/lab/quiz_lint.h"

#include <fmt/format.h>

#include <set>

#include "app/logic/lesson/lint.h"
#include "app/logic/lesson/lint_text.h"
#include "app/logic/lesson/markdown.h"

namespace kv::app {
namespace {

using scene::Language;

constexpr std::uint64_t seeds = 40;

class WordsLinter {
 public:
  WordsLinter(std::string label, Language language, std::vector<std::string>& mistakes)
      : label_(std::move(label)), language_(language), mistakes_(mistakes) {}

  void lint(const QuizWords& words) {
    lint(words.question), lint(words.reveal);
    for (const auto& [id, section] : words.whys) lint(section);
  }

 private:
  void lint(const Section& section) {
    lint_text(
        section, label_, [](const std::string&) { return false; }, mistakes_);
    const int length = length_of(parse_markdown(without_placeholders(section.text)), language_);
    if (length > most_length(language_))
      mistakes_.push_back(fmt::format("{}:{}: found a text of {}, expected at most {} {}", label_,
                                      section.line, length, most_length(language_),
                                      language_ == Language::zh ? "characters" : "words"));
  }

  std::string label_;
  Language language_;
  std::vector<std::string>& mistakes_;
};

bool same_numbers(const AskedQuestion& a, const AskedQuestion& b) {
  return a.question == b.question && a.values == b.values && a.option_texts == b.option_texts &&
         a.mistakes == b.mistakes && a.right == b.right && a.scenario == b.scenario;
}

// Whether the words say this number, and not only one that it is a part of.
bool tells(const std::string& words, const std::string& number) {
  const auto of_number = [&](std::size_t at) {
    return at < words.size() && words[at] >= '0' && words[at] <= '9';
  };
  for (std::size_t at = words.find(number); at != std::string::npos;
       at = words.find(number, at + 1)) {
    const std::size_t end = at + number.size();
    const bool more_before =
        at > 0 && (of_number(at - 1) ||
                   (std::string_view(",.").find(words[at - 1]) != std::string_view::npos &&
                    at > 1 && of_number(at - 2)));
    const bool more_behind =
        of_number(end) ||
        (end < words.size() && std::string_view(",.").find(words[end]) != std::string_view::npos &&
         of_number(end + 1));
    if (!more_before && !more_behind) return true;
  }
  return false;
}

// What is said to a wrong answer does not give the right one away.
std::string given_away(const AskedQuestion& asked) {
  const std::string& right = asked.option_texts[static_cast<std::size_t>(asked.right)];
  for (std::size_t i = 0; i < asked.whys.size(); ++i)
    if (tells(scene::plain_text(asked.whys[i]), right))
      return "why " + asked.mistakes[i] + ": found the right answer, " + right +
             ", expected what is wrong with this one";
  return {};
}

// The n-th question of the seed in every language; empty where all is well.
std::string mistake_in(const Quiz& quiz, std::uint64_t seed, int n, const QuantitySource& source,
                       const ScenarioCheck& scenario, std::set<std::string>& seen) {
  AskedQuestion first;
  for (const Language language : scene::languages) {
    const auto asked = ask(quiz, seed, n, language, source);
    if (!asked) return asked.error().message;
    const std::string where = quiz.folder + ": question " + core::quoted(asked->id) + ": ";
    if (language == scene::languages.front()) first = *asked;
    if (!same_numbers(first, *asked))
      return where + "found other numbers in " + scene::code_of(language) + ", expected the same";
    if (const std::string told = given_away(*asked); !told.empty())
      return where + scene::code_of(language) + ": " + told;
  }
  if (!scenario || !seen.insert(first.scenario).second) return {};
  const auto error = scenario(first.scenario);
  if (!error) return {};
  return quiz.folder + ": question " + core::quoted(first.id) + ": scenario " +
         core::quoted(first.scenario) + ": " + error->message;
}

}  // namespace

std::vector<std::string> lint_quiz(const Quiz& quiz, const QuantitySource& source,
                                   const ScenarioCheck& scenario) {
  std::vector<std::string> mistakes;
  for (const Language language : scene::languages) {
    const std::string label = quiz.folder + "/" + scene::code_of(language) + ".md";
    WordsLinter linter(label, language, mistakes);
    for (const QuizWords& words : quiz.words[static_cast<std::size_t>(language)])
      linter.lint(words);
  }
  std::set<std::string> told, seen;
  const int count = static_cast<int>(quiz.questions.size());
  for (std::uint64_t seed = 1; seed <= seeds; ++seed)
    for (int n = 0; n < count; ++n) {
      const std::string mistake = mistake_in(quiz, seed, n, source, scenario, seen);
      // Up to the question's name it is the same for all mistakes of one.
      const std::string name = mistake.substr(0, mistake.find("\": ") + 1);
      if (!mistake.empty() && told.insert(name).second) mistakes.push_back(mistake);
    }
  return mistakes;
}

}  // namespace kv::app
