// Quiz scenarios: questions about costs as data (lessons/quiz), with fresh numbers each time they
// are asked. The right answer and every wrong one are computed from the cost model; each wrong one
// is the right answer to a mistake, which it names.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/logic/lesson/lesson.h"
#include "app/logic/lesson/quantities.h"
#include "viz/scene/rich_text.h"

namespace kv::app {

inline constexpr int quiz_format = 1;

// What a name stands for: one of these, chosen by the seed. Numbers and texts are written as in
// expressions; later draws may use earlier names, and one that is among one is a shorthand.
struct QuizDraw {
  std::string name;
  std::vector<std::string> among;  // expressions
};
struct QuizOption {
  std::string id;     // "right", or the mistake's
  std::string value;  // expression
};
inline constexpr std::size_t least_mistakes = 3, most_mistakes = 5;
struct QuizQuestion {
  std::string id, topic;
  std::vector<QuizDraw> draws;
  std::string condition;            // expression that must hold of what was drawn; may be empty
  std::string format;               // how options are written: as a placeholder's format
  std::vector<QuizOption> options;  // the first is right; 4 to 6
  std::string scenario;             // of the picture shown with it: scenario text with placeholders
};
// In their placeholders stand the names drawn, `answer` (the right option's value) and, in a why,
// `chosen` (that option's).
struct QuizWords {
  Section question, reveal;
  std::map<std::string, Section> whys;  // by option id, of the wrong ones
};
struct Quiz {
  std::string folder;  // where it was read from, for messages
  std::vector<QuizQuestion> questions;
  std::array<std::vector<QuizWords>, scene::languages.size()> words;  // as many, in that order
  std::array<std::map<std::string, std::string>, scene::languages.size()> topics;  // their names
};

// quiz.json and the Markdown files beside it; all mistakes of form, each one line. Where there are
// none, every question has its words in every language.
struct ReadQuiz {
  Quiz quiz;
  std::vector<std::string> mistakes;
};
ReadQuiz read_quiz(const LessonFiles& files);

// The parts of read_quiz().
core::Result<std::vector<QuizQuestion>> parse_quiz_json(std::string_view text,
                                                        const std::string& label);
struct QuizLanguage {
  std::vector<QuizWords> words;
  std::map<std::string, std::string> topics;
};
QuizLanguage parse_quiz_words(std::string_view markdown, const std::string& label,
                              const std::vector<QuizQuestion>& questions,
                              std::vector<std::string>& mistakes);

// One question as it is asked: numbers chosen, options in an order of the seed's.
struct AskedQuestion {
  int question = 0;  // index in the quiz
  std::string id, topic;
  scene::RichText text, reveal;
  std::vector<scene::RichText> options, whys;  // whys[right] is empty
  std::vector<std::string> option_texts;       // plain, for tables
  std::vector<std::string> mistakes;           // ids, "right" for the right one
  std::vector<double> values;
  int right = 0;
  std::string scenario;
};

// The n-th question (from 0) of that seed: the same for the same seed in every language, all
// questions of the quiz once in some order before any comes again. Numbers are drawn again until no
// two options read the same or lie closer than 4% of each other; an error where that never happens.
core::Result<AskedQuestion> ask(const Quiz& quiz, std::uint64_t seed, int n,
                                scene::Language language, const QuantitySource& source);

}  // namespace kv::app
