#include "core/base/cpu_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/cpu_built_for.h"

namespace kv::core {
namespace {

constexpr CpuFeatureSet none = 0;

std::string message(CpuFeatureSet built, CpuFeatureSet present, std::size_t capacity = 512) {
  std::string text(capacity, '?');
  text.resize(missing_cpu_message(built, present, text.data(), capacity));
  return text;
}

TEST(CpuFeatures, SaysNothingWhenNothingIsLacking) {
  EXPECT_EQ(message(none, none), "");
  EXPECT_EQ(message(none, none | CpuFeature::avx2), "");
  EXPECT_EQ(message(none | CpuFeature::avx2, none | CpuFeature::avx2 | CpuFeature::fma), "");
}

TEST(CpuFeatures, NamesWhatIsLackingOnOneLine) {
  EXPECT_EQ(message(none | CpuFeature::sse3 | CpuFeature::fma | CpuFeature::avx512_fp16,
                    none | CpuFeature::sse3),
            "kvscope: this program was built for a processor with FMA, AVX512-FP16, which this one "
            "lacks; delete the folder 'build' and build it again here\n");
}

TEST(CpuFeatures, NamesEveryFeatureWithinTheBuffer) {
  const CpuFeatureSet all = (none | CpuFeature::count) - 1;
  const std::string text = message(all, none);
  EXPECT_LT(text.size(), 512U);
  EXPECT_EQ(text.back(), '\n');
  EXPECT_EQ(std::count(text.begin(), text.end(), ','), static_cast<long>(CpuFeature::count));
}

TEST(CpuFeatures, NeverWritesBeyondTheBuffer) {
  EXPECT_EQ(message(~none, none, 10), "kvscope: t");
  EXPECT_EQ(message(~none, none, 0), "");
}

// These tests run on the machine they were built for, or they would not run at all.
TEST(CpuFeatures, FindsOnThisMachineWhatTheTestsAreBuiltFor) {
  EXPECT_EQ(message(cpu_built_for, present_cpu_features()), "");
}

#ifdef __x86_64__
TEST(CpuFeatures, AgreesWithTheCompilersOwnCheck) {
  const auto present = [](CpuFeature feature) {
    return (present_cpu_features() >> static_cast<int>(feature) & 1) != 0;
  };
  EXPECT_EQ(present(CpuFeature::sse3), __builtin_cpu_supports("sse3") != 0);
  EXPECT_EQ(present(CpuFeature::ssse3), __builtin_cpu_supports("ssse3") != 0);
  EXPECT_EQ(present(CpuFeature::sse4_1), __builtin_cpu_supports("sse4.1") != 0);
  EXPECT_EQ(present(CpuFeature::sse4_2), __builtin_cpu_supports("sse4.2") != 0);
  EXPECT_EQ(present(CpuFeature::sse4a), __builtin_cpu_supports("sse4a") != 0);
  EXPECT_EQ(present(CpuFeature::popcnt), __builtin_cpu_supports("popcnt") != 0);
  EXPECT_EQ(present(CpuFeature::avx), __builtin_cpu_supports("avx") != 0);
  EXPECT_EQ(present(CpuFeature::fma), __builtin_cpu_supports("fma") != 0);
  EXPECT_EQ(present(CpuFeature::fma4), __builtin_cpu_supports("fma4") != 0);
  EXPECT_EQ(present(CpuFeature::xop), __builtin_cpu_supports("xop") != 0);
  EXPECT_EQ(present(CpuFeature::bmi), __builtin_cpu_supports("bmi") != 0);
  EXPECT_EQ(present(CpuFeature::bmi2), __builtin_cpu_supports("bmi2") != 0);
  EXPECT_EQ(present(CpuFeature::avx2), __builtin_cpu_supports("avx2") != 0);
  EXPECT_EQ(present(CpuFeature::gfni), __builtin_cpu_supports("gfni") != 0);
  EXPECT_EQ(present(CpuFeature::avx512f), __builtin_cpu_supports("avx512f") != 0);
  EXPECT_EQ(present(CpuFeature::avx512dq), __builtin_cpu_supports("avx512dq") != 0);
  EXPECT_EQ(present(CpuFeature::avx512cd), __builtin_cpu_supports("avx512cd") != 0);
  EXPECT_EQ(present(CpuFeature::avx512bw), __builtin_cpu_supports("avx512bw") != 0);
  EXPECT_EQ(present(CpuFeature::avx512vl), __builtin_cpu_supports("avx512vl") != 0);
  EXPECT_EQ(present(CpuFeature::avx512_ifma), __builtin_cpu_supports("avx512ifma") != 0);
  EXPECT_EQ(present(CpuFeature::avx512_vbmi), __builtin_cpu_supports("avx512vbmi") != 0);
  EXPECT_EQ(present(CpuFeature::avx512_vbmi2), __builtin_cpu_supports("avx512vbmi2") != 0);
  EXPECT_EQ(present(CpuFeature::avx512_vnni), __builtin_cpu_supports("avx512vnni") != 0);
  EXPECT_EQ(present(CpuFeature::avx512_bitalg), __builtin_cpu_supports("avx512bitalg") != 0);
  EXPECT_EQ(present(CpuFeature::avx512_vpopcntdq), __builtin_cpu_supports("avx512vpopcntdq") != 0);
}

TEST(CpuFeatures, ChecksWithoutNeedingAnyOfThem) { EXPECT_EQ(cpu_check_built_for(), none); }
#endif

}  // namespace
}  // namespace kv::core
