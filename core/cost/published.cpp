#include "core/cost/published.h"

namespace kv::core {

const PublishedFigure* find_published(std::string_view name) {
  for (const PublishedFigure& figure : published_figures) {
    if (name == figure.name) return &figure;
  }
  return nullptr;
}

}  // namespace kv::core
