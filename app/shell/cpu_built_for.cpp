// Data only: what the program is compiled for, for cpu_check.cpp to read.
#include "core/base/cpu_built_for.h"

extern const kv::core::CpuFeatureSet kvscope_built_for;
constinit const kv::core::CpuFeatureSet kvscope_built_for = kv::core::cpu_built_for;
