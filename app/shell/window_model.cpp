#include "app/shell/window_model.h"

#include "app/shell/built_in_prompts.h"
#include "app/shell/open_model.h"

namespace kv::app {

core::Result<OpenModel> open_for_window(const std::string& name, scene::Language language,
                                        const std::function<bool(double)>& progress) {
  auto source = open_source(name);
  if (!source) return source.error();
  auto opened = load_weights(*std::move(source), progress);
  if (!opened) return opened.error();
  OpenModel model{.name = name,
                  .model = std::move(opened->model),
                  .tokenizer = nullptr,
                  .default_prompt = first_prompt(name, language)};
  if (opened->tokenizer)
    model.tokenizer = std::make_shared<const core::Tokenizer>(*std::move(opened->tokenizer));
  return model;
}

}  // namespace kv::app
