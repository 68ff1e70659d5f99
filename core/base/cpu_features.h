// Which instruction sets the program was built with, and which this processor has. The program is
// built for the machine that builds it; carried to an older one it must say so, not crash.
//
// What is declared here runs before anything else and on any processor: cpu_features.cpp is built
// for the plainest one, and neither it nor this header uses the C++ library, whose inline functions
// the linker may take from a file built for more.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kv::core {

// In the order in which a message names them. On other architectures than x86 there are none.
enum class CpuFeature : unsigned char {
  sse3,
  ssse3,
  sse4_1,
  sse4_2,
  sse4a,
  popcnt,
  lzcnt,
  movbe,
  adx,
  avx,
  f16c,
  fma,
  fma4,
  xop,
  tbm,
  bmi,
  bmi2,
  avx2,
  avx_vnni,
  gfni,
  avx512f,
  avx512dq,
  avx512cd,
  avx512bw,
  avx512vl,
  avx512_ifma,
  avx512_vbmi,
  avx512_vbmi2,
  avx512_vnni,
  avx512_bitalg,
  avx512_vpopcntdq,
  avx512_bf16,
  avx512_fp16,
  count,
};

// Bit i stands for the feature numbered i.
using CpuFeatureSet = uint64_t;

// What this processor has and the operating system lets programs use; every bit where the
// architecture is not x86.
CpuFeatureSet present_cpu_features();

// Writes the line, newline included, that names what `built_for` has and `present` lacks, and
// returns its length: 0 when nothing is lacking. Never more than `capacity` bytes; 512 hold any.
size_t missing_cpu_message(CpuFeatureSet built_for, CpuFeatureSet present, char* out,
                           size_t capacity);

// The features cpu_features.cpp itself was built with: none, or the check could not be relied on.
CpuFeatureSet cpu_check_built_for();

}  // namespace kv::core
