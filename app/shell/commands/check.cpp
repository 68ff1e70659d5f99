#include "app/shell/commands/check.h"

#include <fmt/format.h>

#include "app/shell/number_text.h"
#include "app/shell/open_model.h"
#include "app/shell/outcome.h"
#include "app/shell/text_table.h"

namespace kv::app {
namespace {

std::string describe(const std::string& path, const core::ModelConfig& c,
                     const std::optional<core::Tokenizer>& tokenizer) {
  return fmt::format(
      "{}: valid {} model, {} layers, width {}, {} heads, {} kv heads, {} parameters in {}, {}\n",
      printable_text(path), core::name_of(c.family), c.layers, c.d_model, c.heads, c.kv_heads,
      grouped_text(core::parameter_count(c)), core::name_of(c.stored),
      tokenizer ? fmt::format("tokenizer of {} tokens", tokenizer->size()) : "no tokenizer.json");
}

}  // namespace

int check(const std::vector<std::string>& paths) {
  int worst = exit_done;
  for (const std::string& path : paths) {
    const auto checked = check_model_at(path);
    const int code = checked ? print(describe(path, checked->config, checked->tokenizer))
                             : fail(checked.error());
    if (code != exit_done) worst = code;
  }
  return worst;
}

}  // namespace kv::app
