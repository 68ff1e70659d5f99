// What libFuzzer calls; run.sh builds it. KVSCOPE_FUZZ names the target.
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/targets.h"

namespace {

const kv::test::FuzzTarget& chosen() {
  static const kv::test::FuzzTarget& target = [&]() -> const kv::test::FuzzTarget& {
    const char* const name = std::getenv("KVSCOPE_FUZZ");
    if (const auto* const found = kv::test::fuzz_target(name ? name : "")) return *found;
    std::fprintf(stderr, "KVSCOPE_FUZZ: found %s, expected one of", name ? name : "nothing");
    for (const auto& one : kv::test::fuzz_targets()) std::fprintf(stderr, " %s", one.name);
    std::fprintf(stderr, "\n");
    std::exit(2);
  }();
  return target;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  chosen();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string complaint = chosen().run({data, size});
  if (complaint.empty()) return 0;
  std::fprintf(stderr, "%s: %s\n", chosen().name, complaint.c_str());
  std::abort();
}
