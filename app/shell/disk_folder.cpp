#include "app/shell/disk_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

namespace kv::app {
namespace {

using core::Error;
using core::Result;
using core::Status;

// Beyond it the files opened so far are closed again: descriptors are few.
constexpr std::size_t most_open_files = 64;

// What stands in messages for any path: one line of valid UTF-8.
std::string printable(const std::string& path) {
  const std::string text = core::quoted(path, std::numeric_limits<std::size_t>::max());
  return text.substr(1, text.size() - 2);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

// Not strerror(): its words change with the locale.
std::string describe_errno(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return "nothing";
    case EACCES:
    case EPERM:
      return "a file without permission to read it";
    case ELOOP:
      return "a circle of symbolic links";
    case ENAMETOOLONG:
      return "a path that is too long";
    case EMFILE:
    case ENFILE:
      return "too many open files";
    case EIO:
      return "a read error of the disk";
    case ENXIO:
    case ENODEV:
      return "a device";
    default:
      return "system error " + std::to_string(code);
  }
}

const char* describe_type(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

class Disk {
 public:
  explicit Disk(std::string path) : path_(std::move(path)), label_(printable(path_)) {}

  // Even a pipe or a link to nowhere: told when it is read, and not passed over in silence.
  bool has(std::string_view name) {
    struct stat info {};
    return core::is_plain_name(name) && ::lstat(full(name).c_str(), &info) == 0;
  }

  Result<std::uint64_t> size(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    const auto file = open(name);
    if (!file) return file.error();
    struct stat info {};
    if (::fstat((*file)->number(), &info) != 0) return fault(name, describe_errno(errno));
    return static_cast<std::uint64_t>(info.st_size);
  }

  Status read(std::string_view name, std::uint64_t offset, std::span<std::byte> out) {
    const auto file = find_or_open(name);
    if (!file) return file.error();
    if (offset > static_cast<std::uint64_t>(std::numeric_limits<off_t>::max()) - out.size())
      return fault(name, "an offset beyond any file");
    std::size_t done = 0;
    while (done < out.size()) {
      const ssize_t count = ::pread((*file)->number(), out.data() + done, out.size() - done,
                                    static_cast<off_t>(offset + done));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return fault(name, describe_errno(errno));
      if (count == 0)
        return core::input_error(
            shown(name), "", "its end at byte " + std::to_string(offset + done),
            std::to_string(out.size() - done) + " bytes more (was it cut short while being read?)");
      done += static_cast<std::size_t>(count);
    }
    return {};
  }

  const std::string& label() const { return label_; }

 private:
  using Handle = std::shared_ptr<const Descriptor>;

  std::string full(std::string_view name) const {
    return (path_.empty() ? std::string(".") : path_) + "/" + std::string(name);
  }
  std::string shown(std::string_view name) const {
    core::Folder folder;
    folder.label = label_;
    return core::path_in(folder, printable(std::string(name)));
  }
  Error fault(std::string_view name, const std::string& found) const {
    return core::input_error(shown(name), "", found, "a regular file");
  }

  // Why nothing could be opened: the folder itself may be what is wrong.
  Error open_fault(std::string_view name, int code) const {
    struct stat info {};
    const bool there = ::stat(path_.empty() ? "." : path_.c_str(), &info) == 0;
    if ((code == ENOENT || code == ENOTDIR) && (!there || !S_ISDIR(info.st_mode)))
      return core::input_error(label_, "", there ? "a file" : "nothing", "a folder");
    return fault(name, describe_errno(code));
  }

  Result<Handle> open(std::string_view name) {
    if (!core::is_plain_name(name))
      return core::input_error(label_, "file name", core::quoted(name), "a plain file name");
    // O_NONBLOCK: opening a pipe that nobody writes to must not wait. Regular files ignore it.
    int number = -1;
    do {
      number = ::open(full(name).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    } while (number < 0 && errno == EINTR);
    const int code = errno;
    auto file = std::make_shared<const Descriptor>(number);
    if (number < 0) return open_fault(name, code);
    struct stat info {};
    if (::fstat(number, &info) != 0) return fault(name, describe_errno(errno));
    if (!S_ISREG(info.st_mode)) return fault(name, describe_type(info.st_mode));
    if (files_.size() >= most_open_files) files_.clear();
    files_.insert_or_assign(std::string(name), file);
    return Handle(std::move(file));
  }

  Result<Handle> find_or_open(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    const auto known = files_.find(name);
    if (known != files_.end()) return known->second;
    return open(name);
  }

  std::string path_;
  std::string label_;
  std::mutex mutex_;  // guards files_
  std::map<std::string, Handle, std::less<>> files_;
};

}  // namespace

core::Folder disk_folder(std::string path) {
  const auto disk = std::make_shared<Disk>(std::move(path));
  core::Folder folder;
  folder.label = disk->label();
  folder.size = [disk](std::string_view name) { return disk->size(name); };
  folder.has = [disk](std::string_view name) { return disk->has(name); };
  folder.read = [disk](std::string_view name, std::uint64_t offset, std::span<std::byte> out) {
    return disk->read(name, offset, out);
  };
  return folder;
}

}  // namespace kv::app
