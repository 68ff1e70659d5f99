// Parts of the picture by name, as lessons write them: "k.new@with", "op.scores", "flops.step".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "viz/scene/scene.h"

namespace kv::scene {

struct PartPattern {
  // Which rows of a matrix, which cells of attention.
  enum class Cells { all, newest, older, masked };
  std::vector<PartKind> kinds;
  Cells cells = Cells::all;
  int index = -1;                  // of a component or an operation; -1: any
  std::optional<core::Side> side;  // of parts that belong to one
};

// Nothing for an unknown name. The names are listed in lessons/README.md.
std::optional<PartPattern> parse_part_pattern(std::string_view name);

// `rows` is how many rows the sequence has in the step shown: the newest is the last of them.
bool matches(const PartPattern& pattern, const PartId& part, int rows);

// Where the pattern's parts were drawn; of a matrix the rows that are meant, as one rectangle.
std::vector<Rect> rects_of(const Scene& scene, const PartPattern& pattern, int rows);

}  // namespace kv::scene
