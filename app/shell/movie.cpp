#include "app/shell/movie.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/shell/interrupt.h"

namespace kv::app {
namespace {

using core::Error;
using core::ErrorKind;
using core::Status;

std::vector<std::string> arguments(MovieKind kind, gl::Pixels size, std::size_t samples,
                                   const std::string& out) {
  const std::string rate = std::to_string(frames_per_second(kind));
  std::vector<std::string> words{
      "ffmpeg",     "-hide_banner", "-loglevel",   "error",
      "-nostdin",   "-y",           "-f",          "rawvideo",
      "-pix_fmt",   "rgba",         "-video_size", fmt::format("{}x{}", size.width, size.height),
      "-framerate", rate,           "-i",          "pipe:0",
      "-an"};
  if (kind == MovieKind::gif) {
    // The first frames sent are the samples: a palette of theirs, then the film in it. So ffmpeg
    // need not hold the whole film in memory to choose its colours.
    words.insert(
        words.end(),
        {"-filter_complex",
         fmt::format("[0:v]split[a][b];[a]trim=end_frame={0},palettegen=stats_mode=full[p];"
                     "[b]trim=start_frame={0},setpts=PTS-STARTPTS[f];"
                     "[f][p]paletteuse=dither=none:diff_mode=rectangle",
                     samples),
         "-loop", "0", "-f", "gif"});
  } else {
    // Players want sides of even length.
    words.insert(words.end(),
                 {"-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-preset", "medium",
                  "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4"});
  }
  // Without the protocol a colon would begin another, and a minus an option.
  words.insert(words.end(), {"-xerror", "file:" + out});
  return words;
}

// A closed pipe is an error to be told, not the end of the program.
class WithoutPipeSignal {
 public:
  WithoutPipeSignal() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &before_);
  }
  ~WithoutPipeSignal() { sigaction(SIGPIPE, &before_, nullptr); }
  WithoutPipeSignal(const WithoutPipeSignal&) = delete;
  WithoutPipeSignal& operator=(const WithoutPipeSignal&) = delete;

 private:
  struct sigaction before_ = {};
};

// What posix_spawnp returned; the process reads from `in` and complains to `complaints`.
int start(std::vector<std::string> words, int in, int complaints, int& process) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, 0);
  posix_spawn_file_actions_adddup2(&actions, complaints, 1);
  posix_spawn_file_actions_adddup2(&actions, complaints, 2);
  // Ctrl-C ends this program's work, which then ends ffmpeg's in order.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  process = pid;
  return error;
}

Error cannot_write(const std::string& path, const std::string& why) {
  return {ErrorKind::machine, core::quoted(path, 200) + ": cannot write: " + why};
}

// Nobody is told: a command that was interrupted says so by its exit code.
Error stopped() { return {ErrorKind::machine, "ffmpeg: interrupted"}; }

}  // namespace

core::Result<std::unique_ptr<Movie>> Movie::begin(MovieKind kind, const std::string& path,
                                                  gl::Pixels size,
                                                  std::span<const gl::Image> samples) {
  std::unique_ptr<Movie> movie(new Movie(path));
  if (auto failed = movie->make_temporary()) return *failed;
  movie->complaints_ = memfd_create("complaints", MFD_CLOEXEC);
  int ends[2] = {-1, -1};
  if (movie->complaints_ < 0 || pipe2(ends, O_CLOEXEC) != 0)
    return Error{ErrorKind::machine, std::string("ffmpeg: no pipe to it: ") + std::strerror(errno)};
  movie->pipe_ = ends[1];
  const int error = start(arguments(kind, size, samples.size(), movie->temporary_), ends[0],
                          movie->complaints_, movie->process_);
  close(ends[0]);
  if (error != 0) {
    movie->process_ = -1;
    return Error{
        ErrorKind::machine,
        fmt::format("ffmpeg: cannot be started ({}); .gif and .mp4 need it (Debian package "
                    "ffmpeg), .png and .svg do not",
                    std::strerror(error))};
  }
  leave_nothing_of(movie->process_, movie->temporary_.c_str());
  if (kind == MovieKind::gif)
    for (const gl::Image& sample : samples)
      if (auto failed = movie->add(sample)) return *failed;
  return movie;
}

Status Movie::make_temporary() {
  if (place_.error != 0) return cannot_write(path_, std::strerror(place_.error));
  if (!place_.is_file) return cannot_write(path_, "a film has to be a regular file");
  const int file = create_beside(place_, temporary_);
  if (file < 0) return cannot_write(path_, std::strerror(errno));
  close(file);
  leave_nothing_of(0, temporary_.c_str());
  return {};
}

Movie::~Movie() {
  if (pipe_ >= 0) close(pipe_);
  if (process_ > 0) {
    // At once and with what it started, as nothing of it is kept.
    kill(-process_, SIGKILL);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  if (complaints_ >= 0) close(complaints_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
  leave_nothing_of(0, nullptr);
}

Status Movie::add(const gl::Image& frame) {
  const WithoutPipeSignal quiet;
  const std::uint8_t* at = frame.rgba.data();
  std::size_t left = frame.rgba.size();
  while (left > 0) {
    if (interrupted()) return stopped();
    const ssize_t written = write(pipe_, at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failure();
    at += written;
    left -= static_cast<std::size_t>(written);
  }
  return {};
}

// The last line of what ffmpeg said.
std::string Movie::complaint() const {
  struct stat said = {};
  constexpr off_t most = 4096;
  fstat(complaints_, &said);
  const off_t from = std::max<off_t>(said.st_size - most, 0);
  std::string text(static_cast<std::size_t>(said.st_size - from), '\0');
  const ssize_t size = pread(complaints_, text.data(), text.size(), from);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

// An error where it ends badly or is not waited for. It says nothing but complaints, and one is
// enough: a disk that is full at the end of a film it tells with an exit status of 0.
Status Movie::await_end() {
  if (pipe_ >= 0) close(pipe_);
  pipe_ = -1;
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR)
    if (interrupted()) return stopped();
  process_ = -1;
  leave_nothing_of(0, temporary_.c_str());
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && complaint().empty()) return {};
  const std::string why = complaint();
  return Error{ErrorKind::machine,
               core::quoted(path_, 200) + ": ffmpeg failed: " +
                   (why.empty() ? "it gives no reason" : core::quoted(why, 300))};
}

// It closed its end of the pipe.
Error Movie::failure() {
  if (auto error = await_end()) return *error;
  return cannot_write(path_, "ffmpeg ended before the film did");
}

Status Movie::finish() {
  if (auto error = await_end()) return error;
  if (interrupted()) return stopped();
  struct stat film = {};
  if (stat(temporary_.c_str(), &film) != 0 || film.st_size == 0)
    return cannot_write(path_, "ffmpeg wrote nothing");
  if (const int error = put_in_place(temporary_, place_); error != 0)
    return cannot_write(path_, std::strerror(error));
  leave_nothing_of(0, nullptr);
  temporary_.clear();
  return {};
}

}  // namespace kv::app
