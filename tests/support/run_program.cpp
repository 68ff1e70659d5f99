#include "tests/support/run_program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <thread>

namespace kv::test {
namespace {

// The standard streams are files in memory rather than pipes: nothing has to be read while the
// program runs, and a process it leaves behind cannot keep us waiting.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content = {})
      : descriptor_(memfd_create("stream", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
    for (std::size_t done = 0; done < content.size();) {
      const ssize_t n = ::write(descriptor_, content.data() + done, content.size() - done);
      if (n <= 0) throw std::system_error(errno, std::generic_category(), "write");
      done += static_cast<std::size_t>(n);
    }
    lseek(descriptor_, 0, SEEK_SET);
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int descriptor() const { return descriptor_; }

  std::string content() const {
    std::string text(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t n =
          pread(descriptor_, text.data() + done, text.size() - done, static_cast<off_t>(done));
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    text.resize(done);
    return text;
  }

 private:
  int descriptor_;
};

std::vector<std::string> environment_with(const RunOptions& options) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!options.env.contains(std::string(text.substr(0, text.find('='))))) {
      result.emplace_back(text);
    }
  }
  for (const auto& [name, value] : options.env) {
    if (value) result.push_back(name + "=" + *value);
  }
  return result;
}

// As exec takes it: null at the end.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// What posix_spawn returned.
int start(std::vector<std::string> argv, const RunOptions& options, const MemoryFile (&streams)[3],
          pid_t& pid) {
  std::vector<std::string> env = environment_with(options);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int i = 0; i < 3; ++i) {
    posix_spawn_file_actions_adddup2(&actions, streams[i].descriptor(), i);
  }
  if (!options.cwd.empty()) posix_spawn_file_actions_addchdir_np(&actions, options.cwd.c_str());
  // A group of its own, so that a timeout ends whatever the program started too.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const int error = posix_spawnp(&pid, argv[0].c_str(), &actions, &attributes,
                                 pointers_to(argv).data(), pointers_to(env).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

// The status as waitpid gives it.
int wait_for(pid_t pid, std::chrono::milliseconds timeout, bool& timed_out) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() >= deadline) {
      timed_out = true;
      kill(-pid, SIGKILL);
      waitpid(pid, &status, 0);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return status;
}

}  // namespace

RunResult run(const std::vector<std::string>& argv, const RunOptions& options) {
  const MemoryFile streams[3] = {MemoryFile(options.stdin_text), MemoryFile(), MemoryFile()};
  RunResult result;
  pid_t pid = 0;
  if (const int error = start(argv, options, streams, pid); error != 0) {
    result.status = 127;
    result.err = argv[0] + ": " + std::generic_category().message(error);
    return result;
  }
  const int status = wait_for(pid, options.timeout, result.timed_out);
  result.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  result.out = streams[1].content();
  result.err = streams[2].content();
  return result;
}

RunResult run_program(const std::vector<std::string>& args, const RunOptions& options) {
  std::vector<std::string> argv{KVSCOPE_PROGRAM};
  argv.insert(argv.end(), args.begin(), args.end());
  return run(argv, options);
}

}  // namespace kv::test
