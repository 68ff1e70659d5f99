// Going through lessons: the scene of a beat is composed afresh from its cue, so leaving one undoes
// nothing.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

bool in_lessons(const AppState& state);

// Every place keeps what is its own; what was left is as it was when one comes back. The laboratory
// has no run: Explore's stays behind it.
void go_to_place(AppState& state, scene::PlaceId place);
void go_to_beat(AppState& state, int lesson, int beat);
// By ids; false where there is no such lesson. An unknown beat is the lesson's first.
bool go_to_beat_named(AppState& state, const std::string& lesson, const std::string& beat);
// Along the lecture's path where that is followed, and over the ends of lessons.
void next_beat(AppState& state);
void previous_beat(AppState& state);

// Sets run, place and view by the cue of the beat shown; asks for its model where that is missing.
void show_beat(AppState& state);
// The model that a cue waited for; true when it was this.
bool take_model(AppState& state, const OpenModel& model);

// Lessons read from their files, whole; what went wrong with them is shown. Stays at the beat of
// the same id where there is one.
void set_lessons(AppState& state, std::shared_ptr<const std::vector<Lesson>> lessons,
                 std::vector<std::string> mistakes);

// Fills placeholders as soon as their numbers are there, and starts what waits for them. After
// every action.
void refresh_lesson(AppState& state);
// What the panes show; null outside of lessons.
std::shared_ptr<const scene::LessonView> lesson_view(const AppState& state);

}  // namespace kv::app
