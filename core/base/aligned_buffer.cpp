#include "core/base/aligned_buffer.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace kv::core {
namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20;  // bytes

}  // namespace

AlignedBuffer::AlignedBuffer(std::size_t count) : count_(count) {
  const std::size_t bytes = aligned_count(count) * sizeof(float);
  const bool large = bytes >= 2 * huge_page;
  const std::align_val_t alignment{large ? huge_page : slab_alignment};
  data_ = std::unique_ptr<float, Free>(static_cast<float*>(::operator new(bytes, alignment)),
                                       Free{alignment});
#ifdef MADV_HUGEPAGE
  // A wish; where it is not granted, nothing else changes.
  if (large) madvise(data_.get(), bytes / huge_page * huge_page, MADV_HUGEPAGE);
#endif
}

}  // namespace kv::core
