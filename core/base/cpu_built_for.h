// The features the including file is compiled for. Internal linkage on purpose: another file of the
// same program may be compiled for another processor and then has another value.
#pragma once

#include "core/base/cpu_features.h"

namespace kv::core {

constexpr CpuFeatureSet operator|(CpuFeatureSet set, CpuFeature feature) {
  return set | CpuFeatureSet{1} << static_cast<unsigned char>(feature);
}

constexpr CpuFeatureSet cpu_built_for = CpuFeatureSet{0}
#ifdef __SSE3__
                                        | CpuFeature::sse3
#endif
#ifdef __SSSE3__
                                        | CpuFeature::ssse3
#endif
#ifdef __SSE4_1__
                                        | CpuFeature::sse4_1
#endif
#ifdef __SSE4_2__
                                        | CpuFeature::sse4_2
#endif
#ifdef __SSE4A__
                                        | CpuFeature::sse4a
#endif
#ifdef __POPCNT__
                                        | CpuFeature::popcnt
#endif
#ifdef __LZCNT__
                                        | CpuFeature::lzcnt
#endif
#ifdef __MOVBE__
                                        | CpuFeature::movbe
#endif
#ifdef __ADX__
                                        | CpuFeature::adx
#endif
#ifdef __AVX__
                                        | CpuFeature::avx
#endif
#ifdef __F16C__
                                        | CpuFeature::f16c
#endif
#ifdef __FMA__
                                        | CpuFeature::fma
#endif
#ifdef __FMA4__
                                        | CpuFeature::fma4
#endif
#ifdef __XOP__
                                        | CpuFeature::xop
#endif
#ifdef __TBM__
                                        | CpuFeature::tbm
#endif
#ifdef __BMI__
                                        | CpuFeature::bmi
#endif
#ifdef __BMI2__
                                        | CpuFeature::bmi2
#endif
#ifdef __AVX2__
                                        | CpuFeature::avx2
#endif
#ifdef __AVXVNNI__
                                        | CpuFeature::avx_vnni
#endif
#ifdef __GFNI__
                                        | CpuFeature::gfni
#endif
#ifdef __AVX512F__
                                        | CpuFeature::avx512f
#endif
#ifdef __AVX512DQ__
                                        | CpuFeature::avx512dq
#endif
#ifdef __AVX512CD__
                                        | CpuFeature::avx512cd
#endif
#ifdef __AVX512BW__
                                        | CpuFeature::avx512bw
#endif
#ifdef __AVX512VL__
                                        | CpuFeature::avx512vl
#endif
#ifdef __AVX512IFMA__
                                        | CpuFeature::avx512_ifma
#endif
#ifdef __AVX512VBMI__
                                        | CpuFeature::avx512_vbmi
#endif
#ifdef __AVX512VBMI2__
                                        | CpuFeature::avx512_vbmi2
#endif
#ifdef __AVX512VNNI__
                                        | CpuFeature::avx512_vnni
#endif
#ifdef __AVX512BITALG__
                                        | CpuFeature::avx512_bitalg
#endif
#ifdef __AVX512VPOPCNTDQ__
                                        | CpuFeature::avx512_vpopcntdq
#endif
#ifdef __AVX512BF16__
                                        | CpuFeature::avx512_bf16
#endif
#ifdef __AVX512FP16__
                                        | CpuFeature::avx512_fp16
#endif
    ;

}  // namespace kv::core
