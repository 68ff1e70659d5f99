// Work that splits into independent parts. Core has no threads of its own: whoever has some passes
// them in, and without any everything runs in the caller.
#pragma once

#include <cstdint>
#include <type_traits>

namespace kv::core {

class Parallel {
 public:
  virtual ~Parallel() = default;
  virtual int parts() const = 0;
  // Calls job(context, part) for every part in [0, parts()), and returns when all are done.
  virtual void run(void (*job)(void* context, int part), void* context) = 0;
};

inline int parts_of(const Parallel* parallel) { return parallel ? parallel->parts() : 1; }

// Nothing where the work is too small to share: calling another thread takes longer than it saves.
Parallel* worth_sharing(Parallel* parallel, std::int64_t multiply_adds);

// job(part) for every part; no allocation, whatever the job captures.
template <class Job>
void for_each_part(Parallel* parallel, Job&& job) {
  if (!parallel || parallel->parts() == 1) {
    job(0);
    return;
  }
  using Plain = std::remove_reference_t<Job>;
  parallel->run([](void* context, int part) { (*static_cast<Plain*>(context))(part); }, &job);
}

// Part `part` of `parts` nearly equal pieces of [0, count), each but the last a multiple of
// `grain`.
struct PartRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t size() const { return end - begin; }
};
inline PartRange part_range(std::int64_t count, int part, int parts, std::int64_t grain = 1) {
  const std::int64_t grains = (count + grain - 1) / grain;
  const auto bound = [&](std::int64_t p) {
    const std::int64_t at = grains * p / parts * grain;
    return at < count ? at : count;
  };
  return {bound(part), bound(part + 1)};
}

}  // namespace kv::core
