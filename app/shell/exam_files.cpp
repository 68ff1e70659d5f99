#include "app/shell/exam_files.h"

#include <fmt/format.h>

#include <memory>
#include <span>
#include <utility>

#include "app/shell/atomic_file.h"
#include "app/shell/paper_size.h"
#include "app/shell/picture_svg.h"
#include "viz/scene/views/exam_blocks.h"

namespace kv::app {
namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

struct File {
  std::string path, content;
};
struct Page {
  std::string path;
  scene::Scene scene;
};

constexpr float units_per_inch = 150;

constexpr std::pair<const char*, ExamFormat> endings[] = {
    {".csv", ExamFormat::csv}, {".svg", ExamFormat::svg}, {".png", ExamFormat::png}};

std::vector<Page> compose(const Exam& exam, const std::string& out,
                          const scene::FontMetrics& metrics) {
  const std::string stem = out.substr(0, out.size() - 4), ending = out.substr(stem.size());
  const scene::ExamPaper paper = paper_of(exam);
  std::vector<Page> pages;
  for (const bool answers : {false, true}) {
    int number = 0;
    for (scene::Scene& scene : scene::exam_pages(paper, answers, exam.language, metrics))
      pages.push_back({fmt::format("{}{}-{}{}", stem, answers ? "-answers" : "", ++number, ending),
                       std::move(scene)});
  }
  return pages;
}

// Once more where characters came up that the fonts had not known, and could not measure.
Result<std::vector<Page>> pages_of(const Exam& exam, const std::string& out, gl::Gui& gui,
                                   float scale) {
  std::vector<Page> pages;
  for (bool known = false; !known;) {
    if (auto error = gui.prepare(scale)) return *error;
    pages = compose(exam, out, gui.metrics());
    known = true;
    for (const Page& page : pages) known = !gui.need(page.scene) && known;
  }
  return pages;
}

Result<std::string> png_of(const Page& page, gl::Gui& gui) {
  const auto draw = [&](float scale) -> Result<std::string> {
    const gl::Pixels size{static_cast<int>(scene::paper_size.x * scale),
                          static_cast<int>(scene::paper_size.y * scale)};
    const auto image = gui.picture(size, scale, scene::print_palette(),
                                   [&](const scene::FontMetrics&) { return page.scene; });
    if (!image) return image.error();
    return with_resolution(gl::encode_png(*image), static_cast<int>(units_per_inch * scale));
  };
  auto fine = draw(2);
  // A usage error is one of size.
  return fine || fine.error().kind != ErrorKind::usage ? fine : draw(1);
}

Result<std::string> content_of(const Page& page, ExamFormat format, gl::Gui& gui) {
  if (format == ExamFormat::png) return png_of(page, gui);
  return with_a4_size(to_svg(page.scene, scene::print_palette(), gui.metrics()));
}

// All are whole beside their places before the first is put there; a place that cannot be written
// to, a folder too, is found before that.
Status put_in_place(const std::vector<File>& files) {
  std::vector<std::unique_ptr<AtomicFile>> written;
  for (const File& file : files) {
    written.push_back(std::make_unique<AtomicFile>(file.path));
    if (!written.back()->write(std::as_bytes(std::span(file.content))))
      return written.back()->commit();
  }
  for (const auto& file : written)
    if (Status error = file->commit()) return error;
  return {};
}

}  // namespace

Result<ExamFormat> exam_format(const std::string& out) {
  for (const auto& [ending, format] : endings)
    if (out.ends_with(ending)) return format;
  return Error{ErrorKind::usage, "--out: found " + core::quoted(out, 200) +
                                     ", expected a name that ends in .csv, .svg or .png"};
}

Result<std::vector<std::string>> write_exam(const Exam& exam, const std::string& out, gl::Gui* gui,
                                            const std::function<bool(double)>& go_on) {
  const auto format = exam_format(out);
  if (!format) return format.error();
  std::vector<File> files;
  if (*format == ExamFormat::csv) {
    files.push_back({out, to_csv(exam)});
  } else {
    if (!gui) return Error{ErrorKind::internal, "exam: there is nothing to draw its pages with"};
    const auto pages = pages_of(exam, out, *gui, *format == ExamFormat::png ? 2.0F : 1.0F);
    if (!pages) return pages.error();
    for (const Page& page : *pages) {
      auto content = content_of(page, *format, *gui);
      if (!content) return content.error();
      files.push_back({page.path, *std::move(content)});
      const double share = static_cast<double>(files.size()) / static_cast<double>(pages->size());
      if (go_on && !go_on(share)) return std::vector<std::string>{};
    }
  }
  if (const Status error = put_in_place(files)) return *error;
  std::vector<std::string> paths;
  for (File& file : files) paths.push_back(std::move(file.path));
  return paths;
}

}  // namespace kv::app
