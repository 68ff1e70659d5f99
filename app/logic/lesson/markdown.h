// Markdown as lessons use it (md4c does the reading) to text that can be laid out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/scene/rich_text.h"

namespace kv::app {

// Paragraphs, lists, strong, emphasis, code, links and formulas ($ and $$). What lessons do not
// use (tables, images, headings, HTML) is named in `unknown`, once each, and left out.
scene::RichText parse_markdown(std::string_view text, std::vector<std::string>* unknown = nullptr);

// The text so that Markdown takes it for itself.
std::string escape_markdown(std::string text);

}  // namespace kv::app
