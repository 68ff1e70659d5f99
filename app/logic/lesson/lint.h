// What a lesson must be beyond its form: lengths, links, numbers that are not typed, answers that
// are one.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

// Words or, in Chinese, characters of a beat's text; formulas and code are not counted.
int length_of(const scene::RichText& text, scene::Language language);
int most_length(scene::Language language);

// Of the words of one lesson alone: each mistake one line with file and line. `lessons` are those
// it stands among, the next of which its last beat leads to; `elsewhere` are ids that it may link
// to beside theirs.
std::vector<std::string> lint_words(const Lesson& lesson, const std::vector<Lesson>& lessons,
                                    const std::vector<std::string>& elsewhere = {});

// Of the beat that the state shows, all its work done: placeholders that do not fill, a question
// without a single right answer, wrong answers without a reason.
std::vector<std::string> lint_beat(const AppState& state);

}  // namespace kv::app
