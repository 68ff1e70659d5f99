#include "viz/scene/views/exam_sheet.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "viz/scene/views/exam_blocks.h"

namespace kv::scene {
namespace {

constexpr float margin_x = 110, margin_top = 100, margin_bottom = 110;
constexpr float question_gap = 38, answer_gap = 26;
constexpr float rhythm = 15;  // half a line: blocks begin on whole ones

float on_rhythm(float height) { return std::ceil(height / rhythm) * rhythm; }

// All that a Frame refers to; nothing of it is looked at but language, fonts and colours.
class Desk {
 public:
  Desk(Language language, const FontMetrics& metrics) : metrics_(metrics) {
    view_.language = language;
    view_.theme = Theme::light;
    clear();
  }
  Frame frame() {
    return {subject_, moment_, view_, status_, metrics_, print_palette(), grids_, scene_};
  }
  Scene take() {
    Scene done = std::move(scene_);
    clear();
    return done;
  }

 private:
  void clear() {
    scene_ = {.size = paper_size,
              .ground = print_palette().ground,
              .theme = Theme::light,
              .items = {},
              .places = {}};
  }

  const FontMetrics& metrics_;
  Subject subject_;
  Moment moment_;
  ViewState view_;
  StatusView status_;
  GridStore grids_;
  Scene scene_;
};

// Numbers and right letters alone, for whoever marks many sheets; the height taken.
float put_key(Frame& f, const Rect& area, const ExamPaper& paper, bool dry) {
  constexpr std::size_t columns = 10;
  constexpr float row = 36;
  const std::size_t count = paper.questions.size();
  if (!dry)
    for (std::size_t i = 0; i < count; ++i) {
      const float width = area.w / static_cast<float>(columns);
      const Rect cell{area.x + width * static_cast<float>(i % columns),
                      area.y + row * static_cast<float>(i / columns), width + 1, row + 1};
      put_outline(f, cell, f.colors.border);
      const Rect inside = cell.inset(14, 0);
      put_line(f, inside, std::to_string(i + 1), Font::body, f.colors.muted);
      put_line(f, inside, letter_of_option(static_cast<std::size_t>(paper.questions[i].right)),
               Font::body_bold, f.colors.text, Align::right);
    }
  return row * static_cast<float>((count + columns - 1) / columns);
}

class ExamSheets {
 public:
  ExamSheets(const ExamPaper& paper, bool answers, Language language, const FontMetrics& metrics)
      : paper_(paper), answers_(answers), desk_(language, metrics) {}

  std::vector<Scene> pages() {
    choose_font();
    const auto parts = paginate();
    std::vector<Scene> scenes;
    for (std::size_t page = 0; page < parts.size(); ++page) {
      Frame f = desk_.frame();
      float y = head(f, page == 0, false);
      const float air = gap() + (page + 1 < parts.size() ? spare(f, y, parts[page]) : 0);
      for (const std::size_t i : parts[page]) y += on_rhythm(block(f, y, i, false)) + air;
      foot(f, page + 1, parts.size());
      scenes.push_back(desk_.take());
    }
    return scenes;
  }

 private:
  static Rect area(float y) { return {margin_x, y, paper_size.x - 2 * margin_x, 0}; }
  static float bottom() { return paper_size.y - margin_bottom; }
  float gap() const { return answers_ ? answer_gap : question_gap; }

  float block(Frame& f, float y, std::size_t i, bool dry) const {
    const int number = static_cast<int>(i) + 1;
    const ExamQuestion& question = paper_.questions[i];
    return answers_ ? put_exam_answer(f, area(y), number, question, font_, dry)
                    : put_exam_question(f, area(y), number, question, font_, dry);
  }

  // The largest in which no question is longer than what the first page has room for.
  void choose_font() {
    Frame f = desk_.frame();
    const std::array fonts = {Font::title, Font::body, Font::small};
    for (std::size_t i = answers_ ? 1 : 0; i < fonts.size(); ++i) {
      font_ = fonts[i];
      float tallest = 0;
      for (std::size_t q = 0; q < paper_.questions.size(); ++q)
        tallest = std::max(tallest, block(f, 0, q, true));
      if (head(f, true, true) + tallest <= bottom()) return;
    }
  }

  // What more a full page has between its questions, so that it ends about where others do.
  float spare(Frame& f, float y, const std::vector<std::size_t>& part) const {
    for (const std::size_t i : part) y += on_rhythm(block(f, y, i, true)) + gap();
    const float each = (bottom() + gap() - y) / static_cast<float>(part.size());
    return std::clamp(std::floor(each / rhythm) * rhythm, 0.0F, 2 * rhythm);
  }

  // Which questions stand on which page; at least one page.
  std::vector<std::vector<std::size_t>> paginate() {
    Frame f = desk_.frame();
    std::vector<std::vector<std::size_t>> parts(1);
    float y = head(f, true, true);
    for (std::size_t i = 0; i < paper_.questions.size(); ++i) {
      const float height = block(f, y, i, true);
      if (y + height > bottom() && !parts.back().empty()) {
        parts.emplace_back();
        y = head(f, false, true);
      }
      parts.back().push_back(i);
      y += on_rhythm(height) + gap();
    }
    return parts;
  }

  std::string title(const Frame& f) const {
    return answers_ ? paper_.title + " \u00B7 " + f.say(words::exam_answers) : paper_.title;
  }

  // What stands above the questions; where these begin.
  float head(Frame& f, bool first, bool dry) const {
    Rect rest = area(margin_top);
    rest.h = paper_size.y;
    if (!first) {
      Rect row = rest.take_top(22, 8);
      if (!dry) {
        put_line(f, row.take_right(f.width(paper_.seed, Font::small) + 1, 30), paper_.seed,
                 Font::small, f.colors.muted, Align::right);
        put_line(f, row, title(f), Font::small_bold, f.colors.text);
        put_box(f, {rest.x, rest.y - 2, rest.w, 1}, f.colors.border);
      }
      return rest.y + 38;
    }
    const Rect name = rest.take_top(48, 6);
    const Rect seed = rest.take_top(24, 12);
    if (!dry) {
      put_title(f, name);
      put_line(f, seed, paper_.seed, Font::body, f.colors.text);
      put_line(f, seed, f.say(words::exam_same), Font::body, f.colors.muted, Align::right);
      put_box(f, {rest.x, rest.y, rest.w, 2}, f.colors.text);
    }
    rest.take_top(38);
    if (answers_) return rest.y + put_key(f, rest, paper_, dry) + 38;
    const Rect fields = rest.take_top(30, 24);
    const Rect hint = rest.take_top(24, 30);
    if (dry) return rest.y;
    put_fields(f, fields);
    put_line(f, hint, f.say(words::exam_tick), Font::body, f.colors.muted);
    return rest.y;
  }

  void put_title(Frame& f, const Rect& row) const {
    Font font = Font::title_bold;
    for (const Font larger : {Font::huge_bold, Font::large_bold})
      if (font == Font::title_bold && f.width(title(f), larger) <= row.w) font = larger;
    put_line(f, row, title(f), font, f.colors.text);
  }

  // Lines to be written on.
  void put_fields(Frame& f, Rect row) const {
    const auto field = [&](Rect place, const Phrase& phrase) {
      const std::string words = f.say(phrase);
      put_line(f, place.take_left(f.width(words, Font::title) + 1, 12), words, Font::title,
               f.colors.text);
      put_box(f, {place.x, place.bottom() - 4, place.w, 1.2F}, f.colors.text);
    };
    const std::string all = fmt::format("/ {}", paper_.questions.size());
    Rect result = row.take_right(230, 30);
    put_line(f, result.take_right(f.width(all, Font::title) + 1, 8), all, Font::title,
             f.colors.text, Align::right);
    field(result, words::exam_result);
    field(row.take_right(260, 30), words::exam_date);
    field(row, words::exam_name);
  }

  void foot(Frame& f, std::size_t page, std::size_t pages) const {
    const Rect row{margin_x, paper_size.y - 74, paper_size.x - 2 * margin_x, 22};
    put_line(f, row, fmt::format("{} / {}", page, pages), Font::body, f.colors.text, Align::center);
  }

  const ExamPaper& paper_;
  bool answers_;
  Desk desk_;
  Font font_ = Font::title;
};

}  // namespace

std::vector<Scene> exam_pages(const ExamPaper& paper, bool answers, Language language,
                              const FontMetrics& metrics) {
  return ExamSheets(paper, answers, language, metrics).pages();
}

}  // namespace kv::scene
