// Lays the pieces of lessons and questions below each other, with or without drawing them:
// measuring and drawing are one thing, so that they cannot disagree.
#pragma once

#include "viz/scene/lesson_view.h"
#include "viz/scene/rich_text.h"
#include "viz/scene/views/frame.h"

namespace kv::scene {

class Flow {
 public:
  // Dry: nothing is drawn, height() is all there is to learn.
  Flow(Frame& f, const Rect& area, Font font, bool dry)
      : f_(f), area_(area), y_(area.y), font_(font), dry_(dry) {}

  Frame& frame() const { return f_; }
  Font font() const { return font_; }
  bool dry() const { return dry_; }
  float height() const { return y_ - area_.y; }
  void space(float units) { y_ += units; }
  // A line's rectangle; whoever takes it draws in it unless dry.
  Rect take(float height) {
    const Rect rect{area_.x, y_, area_.w, height};
    y_ += height;
    return rect;
  }
  // Text in the flow's font, `indent` from the left.
  void text(const RichText& text, Color color, float indent = 0);
  // A short text in lines of one font.
  void lines(const std::string& words, Font font, Color color);
  // Part of the width, from here on downwards; whoever is done with it gives its height back.
  Flow beside(float from, float width) const {
    Flow flow(f_, {area_.x + from, y_, width, 0}, font_, dry_);
    flow.links_ = links_;
    return flow;
  }
  float width() const { return area_.w; }
  int links() const { return links_; }
  void set_links(int links) { links_ = links; }

 private:
  Frame& f_;
  Rect area_;
  float y_;
  Font font_;
  bool dry_;
  int links_ = 0;
};

// The pieces.
void flow_heading(Flow& flow);  // which lesson, its title, its beats
void flow_body(Flow& flow);     // the beat's words
// What a lesson asks, and how it may be answered; options in so many columns.
void flow_question(Flow& flow, const QuestionView& question, int columns = 1);
// Of any question: the options of a choice as buttons, and what is said to the answer.
void flow_options(Flow& flow, const QuestionView& question, int columns = 1);
void flow_answer(Flow& flow, const QuestionView& question);

}  // namespace kv::scene
