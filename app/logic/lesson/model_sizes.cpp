#include "app/logic/lesson/model_sizes.h"

#include "core/model/random_model.h"

namespace kv::app {

std::shared_ptr<const core::CostConfig> sizes_of(const LessonState& lesson,
                                                 const std::string& name) {
  if (lesson.sizes)
    if (const auto found = lesson.sizes->find(name); found != lesson.sizes->end())
      return std::make_shared<const core::CostConfig>(found->second);
  if (!name.starts_with("random:")) return nullptr;
  const auto spec = core::parse_random_model(name);
  if (!spec) return nullptr;
  return std::make_shared<const core::CostConfig>(core::dense_cost_config(spec->config));
}

}  // namespace kv::app
