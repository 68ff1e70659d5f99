#include "app/logic/lesson/links.h"

#include <algorithm>

#include "app/logic/lesson/teaching.h"

namespace kv::app {
namespace {

void add_links(const scene::RichText& text, std::vector<std::string>& links) {
  for (const auto& block : text)
    for (const auto& span : block.spans)
      if (!span.link.empty()) links.push_back(span.link);
}

// In the order in which the panes count them: body, question, reason, what is revealed.
std::string link_at(const AppState& state, int index) {
  const auto view = lesson_view(state);
  if (!view) return {};
  std::vector<std::string> links;
  add_links(view->body, links);
  if (view->question) {
    add_links(view->question->text, links);
    add_links(view->question->feedback, links);
    if (!view->question->open) add_links(view->question->reveal, links);
  }
  const bool there = index >= 0 && index < static_cast<int>(links.size());
  return there ? links[static_cast<std::size_t>(index)] : "";
}

}  // namespace

std::optional<scene::PartPattern> pattern_of_link(const AppState& state, int link) {
  const std::string target = link_at(state, link);
  if (!target.starts_with("part:")) return {};
  return scene::parse_part_pattern(std::string_view(target).substr(5));
}

void follow_link(AppState& state, int link) {
  const std::string target = link_at(state, link);
  if (!target.starts_with("lesson:") || !state.lesson.lessons) return;
  const auto& lessons = *state.lesson.lessons;
  const auto found = std::ranges::find(lessons, target.substr(7), &Lesson::id);
  if (found != lessons.end()) go_to_beat(state, static_cast<int>(found - lessons.begin()), 0);
}

}  // namespace kv::app
