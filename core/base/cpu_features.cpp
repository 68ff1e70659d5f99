#include "core/base/cpu_features.h"

#include "core/base/cpu_built_for.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#define KVSCOPE_X86
#endif

namespace kv::core {
namespace {

enum Register : unsigned char { eax, ebx, ecx, edx };
// What the operating system must save for a program to use the registers.
enum class State : unsigned char { always, ymm, zmm };

// A feature's name, and where the CPUID instruction shows it (Intel SDM volume 2A, AMD APM volume
// 3).
struct Feature {
  const char* name;
  unsigned leaf;
  unsigned subleaf;
  Register reg;
  unsigned char bit;
  State state;
};

constexpr unsigned extended = 0x80000001;
// Indexed by CpuFeature.
constexpr Feature features[] = {
    {"SSE3", 1, 0, ecx, 0, State::always},
    {"SSSE3", 1, 0, ecx, 9, State::always},
    {"SSE4.1", 1, 0, ecx, 19, State::always},
    {"SSE4.2", 1, 0, ecx, 20, State::always},
    {"SSE4a", extended, 0, ecx, 6, State::always},
    {"POPCNT", 1, 0, ecx, 23, State::always},
    {"LZCNT", extended, 0, ecx, 5, State::always},
    {"MOVBE", 1, 0, ecx, 22, State::always},
    {"ADX", 7, 0, ebx, 19, State::always},
    {"AVX", 1, 0, ecx, 28, State::ymm},
    {"F16C", 1, 0, ecx, 29, State::ymm},
    {"FMA", 1, 0, ecx, 12, State::ymm},
    {"FMA4", extended, 0, ecx, 16, State::ymm},
    {"XOP", extended, 0, ecx, 11, State::ymm},
    {"TBM", extended, 0, ecx, 21, State::always},
    {"BMI", 7, 0, ebx, 3, State::always},
    {"BMI2", 7, 0, ebx, 8, State::always},
    {"AVX2", 7, 0, ebx, 5, State::ymm},
    {"AVX-VNNI", 7, 1, eax, 4, State::ymm},
    {"GFNI", 7, 0, ecx, 8, State::always},
    {"AVX512F", 7, 0, ebx, 16, State::zmm},
    {"AVX512DQ", 7, 0, ebx, 17, State::zmm},
    {"AVX512CD", 7, 0, ebx, 28, State::zmm},
    {"AVX512BW", 7, 0, ebx, 30, State::zmm},
    {"AVX512VL", 7, 0, ebx, 31, State::zmm},
    {"AVX512-IFMA", 7, 0, ebx, 21, State::zmm},
    {"AVX512-VBMI", 7, 0, ecx, 1, State::zmm},
    {"AVX512-VBMI2", 7, 0, ecx, 6, State::zmm},
    {"AVX512-VNNI", 7, 0, ecx, 11, State::zmm},
    {"AVX512-BITALG", 7, 0, ecx, 12, State::zmm},
    {"AVX512-VPOPCNTDQ", 7, 0, ecx, 14, State::zmm},
    {"AVX512-BF16", 7, 1, eax, 5, State::zmm},
    {"AVX512-FP16", 7, 0, edx, 23, State::zmm},
};
constexpr size_t feature_count = sizeof features / sizeof features[0];
static_assert(feature_count == static_cast<size_t>(CpuFeature::count));

// A line of text in memory of the caller's.
class Line {
 public:
  Line(char* out, size_t capacity) : out_(out), capacity_(capacity) {}

  void append(const char* text) {
    for (; *text != '\0' && size_ < capacity_; ++text) out_[size_++] = *text;
  }
  size_t size() const { return size_; }

 private:
  char* out_;
  size_t capacity_;
  size_t size_ = 0;
};

#ifdef KVSCOPE_X86

// One register of a CPUID leaf; 0 where the processor has no such leaf.
unsigned cpuid_register(unsigned leaf, unsigned subleaf, Register reg) {
  unsigned values[4] = {};
  __get_cpuid_count(leaf, subleaf, &values[eax], &values[ebx], &values[ecx], &values[edx]);
  // A subleaf beyond the last repeats nothing of use on every processor: ask how many there are.
  if (leaf == 7 && subleaf > 0 && cpuid_register(7, 0, eax) < subleaf) return 0;
  return values[reg];
}

// Which register states the operating system saves: the low half of XCR0.
unsigned saved_states() {
  constexpr unsigned osxsave = 1U << 27;
  if ((cpuid_register(1, 0, ecx) & osxsave) == 0) return 0;
  unsigned low = 0;
  unsigned high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

bool is_saved(State state, unsigned saved) {
  constexpr unsigned ymm = 0x06;  // SSE and AVX
  constexpr unsigned zmm = 0xE6;  // and the mask registers and both parts of ZMM
  const unsigned needed = state == State::zmm ? zmm : state == State::ymm ? ymm : 0;
  return (saved & needed) == needed;
}

#endif

}  // namespace

CpuFeatureSet present_cpu_features() {
#ifdef KVSCOPE_X86
  const unsigned saved = saved_states();
  CpuFeatureSet present = 0;
  for (size_t i = 0; i < feature_count; ++i) {
    const Feature& feature = features[i];
    const unsigned value = cpuid_register(feature.leaf, feature.subleaf, feature.reg);
    if ((value >> feature.bit & 1) != 0 && is_saved(feature.state, saved)) {
      present |= CpuFeatureSet{1} << i;
    }
  }
  return present;
#else
  return ~CpuFeatureSet{0};
#endif
}

size_t missing_cpu_message(CpuFeatureSet built_for, CpuFeatureSet present, char* out,
                           size_t capacity) {
  const CpuFeatureSet missing = built_for & ~present;
  if (missing == 0) return 0;
  Line line(out, capacity);
  line.append("kvscope: this program was built for a processor with ");
  bool first = true;
  for (size_t i = 0; i < feature_count; ++i) {
    if ((missing >> i & 1) == 0) continue;
    if (!first) line.append(", ");
    first = false;
    line.append(features[i].name);
  }
  line.append(", which this one lacks; delete the folder 'build' and build it again here\n");
  return line.size();
}

CpuFeatureSet cpu_check_built_for() { return cpu_built_for; }

}  // namespace kv::core
