// Moving pictures, written by ffmpeg where it is installed.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "app/shell/atomic_file.h"
#include "core/base/error.h"
#include "viz/gl/gui.h"
#include "viz/gl/image.h"

namespace kv::app {

enum class MovieKind { gif, mp4 };
// Frames a second; delays of a GIF are whole hundredths of a second.
constexpr int frames_per_second(MovieKind kind) { return kind == MovieKind::gif ? 25 : 30; }

class Movie {
 public:
  // `samples`, frames from all over the film, give a GIF its colours. A machine error where there
  // is no ffmpeg. The file appears when finish() has succeeded. An interrupt fails all calls.
  static core::Result<std::unique_ptr<Movie>> begin(MovieKind kind, const std::string& path,
                                                    gl::Pixels size,
                                                    std::span<const gl::Image> samples);
  ~Movie();  // unfinished, it leaves nothing behind
  Movie(const Movie&) = delete;
  Movie& operator=(const Movie&) = delete;

  core::Status add(const gl::Image& frame);
  core::Status finish();

 private:
  explicit Movie(const std::string& path) : path_(path), place_(output_place(path)) {}
  core::Status make_temporary();
  core::Status await_end();
  core::Error failure();
  std::string complaint() const;

  std::string path_;  // as it was given
  OutputPlace place_;
  std::string temporary_;
  int pipe_ = -1;        // to ffmpeg's standard input
  int complaints_ = -1;  // a file with what it says
  int process_ = -1;
};

}  // namespace kv::app
