// A matrix made ready to be drawn: never larger than a screen can show, every cell an honest
// summary of the values it stands for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <vector>

namespace kv::scene {

// A matrix somewhere in memory: element (r, c) is data[r * row_stride + c * column_stride].
// `owner` keeps the memory alive.
struct MatrixView {
  std::shared_ptr<const void> owner;  // may be null: then the memory outlives whoever looks
  const float* data = nullptr;
  int rows = 0, columns = 0;
  std::ptrdiff_t row_stride = 0, column_stride = 1;
  float at(int row, int column) const { return data[row * row_stride + column * column_stride]; }
};

// Which one number stands for the values of a cell that covers several.
enum class Summary {
  largest,       // the maximum: nothing bright is lost (probabilities)
  most_extreme,  // the value farthest from 0, with its sign (keys, values, scores)
  mean,
  smallest,
};

struct Grid {
  int rows = 0, columns = 0;  // cells
  int row_step = 1;           // rows of the matrix that one cell stands for (the last: the rest)
  int column_step = 1;
  Summary summary = Summary::largest;
  std::vector<float> cells;  // [rows, columns]
  float low = 0, high = 0;   // of all cells
  float at(int row, int column) const {
    return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                 static_cast<std::size_t>(column)];
  }
};

// Rows [row0, row0 + rows) and columns [column0, column0 + columns) of `matrix`, summarised so that
// neither side has more than `most` cells. Exact where it fits. Values above the diagonal
// (column > row + diagonal, of the whole matrix) can be kept out of the cells that straddle it:
// these then show only what lies on and below it, those wholly above show what lies there.
struct GridRequest {
  int row0 = 0, rows = -1, column0 = 0, columns = -1;  // -1: all from there
  int most_rows = 512, most_columns = 512;
  Summary summary = Summary::largest;
  bool below_diagonal_only = false;
  int diagonal = 0;
  bool operator==(const GridRequest&) const = default;
};
std::shared_ptr<const Grid> make_grid(const MatrixView& matrix, const GridRequest& request);

// Remembers the grids made last, so that a frame in which nothing changed makes none. The same
// matrix (owner, address, shape) and request give the same grid; within `budget_bytes`. It keeps no
// matrix alive: when the owner is gone, so is the grid.
class GridStore {
 public:
  explicit GridStore(std::uint64_t budget_bytes = std::uint64_t{64} << 20)
      : budget_(budget_bytes) {}
  std::shared_ptr<const Grid> get(const MatrixView& matrix, const GridRequest& request);
  std::uint64_t bytes() const { return bytes_; }
  static constexpr std::size_t most_entries = 192;

 private:
  struct Entry {
    MatrixView matrix;                // without its owner
    std::weak_ptr<const void> owner;  // an address alone could come to mean another matrix
    bool owned = false;
    GridRequest request;
    std::shared_ptr<const Grid> grid;
  };
  void forget(std::list<Entry>::iterator entry);
  std::uint64_t budget_;
  std::uint64_t bytes_ = 0;
  std::list<Entry> entries_;  // the latest first
};

}  // namespace kv::scene
