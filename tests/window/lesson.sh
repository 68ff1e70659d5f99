#!/usr/bin/env bash
# Lesson 8 in the real window, with the keyboard alone and wrong answers first; only the curve that is
# asked for is drawn with the mouse.
#   tests/window/lesson.sh KVSCOPE FOLDER      pictures and files go to FOLDER; exit 0 when all was well
# Needs Xvfb, openbox, xdotool and ImageMagick.
set -u

. "$(dirname "${BASH_SOURCE[0]}")/screen.sh"
set_up "$1" "$2"
progress=$XDG_DATA_HOME/kvscope/progress.json

# The answer to a beat's question, as it was written down, in one line.
answer_of() { tr -d '\n ' <"$progress" | grep -o "{\"lesson\":\"n-tokens-quiz\",\"beat\":\"$1\"[^}]*\"votes\"" ; }
expect_answer() {
  sleep 0.4
  case $(answer_of "$1") in
    *"$2"*) ;;
    *) fail "$3: found $(answer_of "$1"), expected $2" ;;
  esac
}

open_window --lesson n-tokens-quiz
sleep 1.2
shot first-beat

# --- the first quiz question: wrong, wrong, right
key Right
sleep 0.5
shot quiz-with-cache
key Down Return
shot wrong-answer
key Down Down Return
shot another-wrong-answer
key Up Return
shot right-answer
expect_answer quiz-with-cache '"tried":["b","d","c"],"right":true' "the first quiz question"

# --- the second one: wrong, then shown
key Right
sleep 0.5
key Return
shot second-question-wrong
key a
shot second-question-shown
expect_answer quiz-without-cache '"right":false,"revealed":true' "the second quiz question"

# --- a curve, drawn and judged
key Right
sleep 0.5
shot to-be-drawn
drag 36 78 72 24
sleep 0.3
shot drawn
key Return
shot drawing-judged
expect_answer draw-the-mlp '"tried":["' "the drawing"
key a
shot drawing-beside-the-truth

# --- never blocking, and nothing revealed is hidden again
key Right
sleep 0.4
shot chart
key Left Left Left
sleep 0.4
shot back-at-the-first-question
expect_answer quiz-with-cache '"right":true' "going back"

# --- the list, the lecture's path, notes, presenting, four languages
key j
shot list
key Escape d
key Right
sleep 0.4
shot along-the-lecture
key d o
sleep 0.3
shot notes
key F5
sleep 1
shot presenting
key l
sleep 0.6
shot presenting-ru
key Right
sleep 0.5
shot presenting-next same
key o F5
sleep 1
for language in zh ko; do
  key l
  sleep 0.6
  shot "lesson-$language"
done
key l
sleep 0.4

# --- a session keeps the place in the lesson; Explore keeps its own run
save
expect_in "the lesson is in the session" '"id": "n-tokens-quiz"'
key 2
sleep 0.6
shot explore
key n
sleep 0.6
key 1
sleep 0.6
shot lesson-again
close_window
