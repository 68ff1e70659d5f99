// The state that `render` is asked to show.
#pragma once

#include "app/logic/work.h"
#include "app/shell/commands/render.h"

namespace kv::app {

// Opens models for pictures: each once, its failure remembered as it was.
class RenderTools {
 public:
  explicit RenderTools(scene::Language language);
  RenderTools(const RenderTools&) = delete;
  RenderTools& operator=(const RenderTools&) = delete;

  AppState settle(AppState state);
  const core::Status& failure() const { return failure_; }

 private:
  core::Result<OpenModel> open(const std::string& name);

  scene::Language language_;
  core::Workspace workspace_;
  OpenModel opened_;
  core::Status failure_;
  WorkTools tools_;
};

// Usage errors name the option that does not fit the model.
core::Result<AppState> state_to_render(const RenderOptions& options, RenderTools& tools);

// A session as the window would open it in `state`. What of it does not fit its model is a mistake of
// the file.
core::Result<AppState> opened_session(const std::string& path, AppState state,
                                      RenderTools& tools);

}  // namespace kv::app
