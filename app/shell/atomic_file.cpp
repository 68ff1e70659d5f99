#include "app/shell/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace kv::app {
namespace {

namespace fs = std::filesystem;

// As many as the system follows.
constexpr int most_links = 40;

// N of /proc/self/fd/N and of /dev/fd/N; -1 of any other path.
int own_descriptor(const fs::path& path) {
  std::error_code error;
  const fs::path own = fs::canonical("/proc/self/fd", error);
  if (error || fs::canonical(path.parent_path(), error) != own) return -1;
  const std::string name = path.filename().string();
  const char* const end = name.data() + name.size();
  int number = -1;
  const auto read = std::from_chars(name.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? number : -1;
}

// By hand, as the last link may lead to a file that is yet to be made. False where they end at no
// path: at an open descriptor, or never.
bool follow_links(OutputPlace& place) {
  std::error_code ignored;
  for (int links = 0;; ++links) {
    const fs::path path = place.path;
    place.descriptor = own_descriptor(path);
    if (place.descriptor >= 0) return false;
    if (!fs::is_symlink(fs::symlink_status(path, ignored))) return true;
    if (links == most_links) {
      place.error = ELOOP;
      return false;
    }
    place.path = (path.parent_path() / fs::read_symlink(path, ignored)).string();
  }
}

mode_t permissions_of_new_files() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

int open_as_it_stands(const OutputPlace& place) {
  if (place.descriptor >= 0) return fcntl(place.descriptor, F_DUPFD_CLOEXEC, 0);
  return open(place.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
}

}  // namespace

OutputPlace output_place(const std::string& path) {
  OutputPlace place{.path = path};
  if (!follow_links(place)) {
    place.is_file = false;
    return place;
  }
  struct stat found = {};
  if (stat(place.path.c_str(), &found) != 0) {
    if (errno != ENOENT) place.error = errno;
    place.permissions = permissions_of_new_files();
    return place;
  }
  place.is_file = S_ISREG(found.st_mode);
  place.permissions = found.st_mode & 0777;
  if (S_ISDIR(found.st_mode)) place.error = EISDIR;
  return place;
}

int create_beside(const OutputPlace& place, std::string& name) {
  // Not the file's own name and more, which may be as long as names can be.
  name = (fs::path(place.path).parent_path() / ".kvscope-XXXXXX").string();
  const int descriptor = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) name.clear();
  return descriptor;
}

int put_in_place(const std::string& name, const OutputPlace& place) {
  // Some file systems know no permissions.
  chmod(name.c_str(), place.permissions);
  return std::rename(name.c_str(), place.path.c_str()) == 0 ? 0 : errno;
}

AtomicFile::AtomicFile(std::string path) : path_(std::move(path)), place_(output_place(path_)) {
  error_ = place_.error;
  if (error_ != 0) return;
  descriptor_ = place_.is_file ? create_beside(place_, temporary_) : open_as_it_stands(place_);
  if (descriptor_ < 0) error_ = errno;
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

bool AtomicFile::write(std::span<const std::byte> bytes) {
  while (error_ == 0 && !bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      error_ = errno;
    } else {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }
  return error_ == 0;
}

core::Status AtomicFile::commit() {
  if (error_ == 0 && fsync(descriptor_) != 0 && errno != EINVAL) error_ = errno;
  if (error_ == 0 && place_.is_file) error_ = put_in_place(temporary_, place_);
  if (error_ == 0) temporary_.clear();
  return failure();
}

core::Status AtomicFile::failure() const {
  if (error_ == 0) return {};
  return core::Error{core::ErrorKind::machine,
                     core::quoted(path_, 200) + ": cannot write: " + std::strerror(error_)};
}

core::Status check_writable(const std::string& path) {
  // Whoever reads a pipe would take a visit for the whole.
  const OutputPlace place = output_place(path);
  if (!place.is_file && place.error == 0) return {};
  return AtomicFile(path).failure();
}

core::Status write_file(const std::string& path, std::string_view text) {
  AtomicFile file(path);
  file.write(std::as_bytes(std::span(text)));
  return file.commit();
}

}  // namespace kv::app
