#include "viz/scene/grid.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace kv::scene {
namespace {

// The part of a matrix that a request speaks of, and how it is cut into cells.
struct Cut {
  const MatrixView& matrix;
  const GridRequest& request;
  int rows = 0, columns = 0;          // of the part
  int row_step = 1, column_step = 1;  // of a cell

  // Columns [0, end) of a row of the part lie on and below the diagonal.
  int below(int row) const {
    if (!request.below_diagonal_only) return columns;
    return std::clamp(request.row0 + row + request.diagonal + 1 - request.column0, 0, columns);
  }
  // Columns from here on belong to cells that lie wholly above it, for the rows up to `row_end`.
  int above(int row_end) const {
    const int end = (below(row_end - 1) + column_step - 1) / column_step * column_step;
    return std::min(end, columns);
  }
};

int step_for(int size, int most) { return std::max(1, (size + most - 1) / std::max(1, most)); }

Cut cut(const MatrixView& matrix, const GridRequest& request) {
  const auto part = [](int asked, int begin, int size) {
    const int left = std::max(0, size - begin);
    return asked < 0 ? left : std::min(asked, left);
  };
  Cut c{matrix, request};
  c.rows = part(request.rows, request.row0, matrix.rows);
  c.columns = part(request.columns, request.column0, matrix.columns);
  c.row_step = step_for(c.rows, request.most_rows);
  c.column_step = step_for(c.columns, request.most_columns);
  if (request.below_diagonal_only)  // one step for both, or the diagonal would not be one
    c.row_step = c.column_step = std::max(c.row_step, c.column_step);
  return c;
}

constexpr float infinity = std::numeric_limits<float>::infinity();

// How values become one: the start, and what a further value makes of what there is. Written so
// that the loops over columns below become vector instructions.
struct Largest {
  static constexpr bool counts = false;
  static constexpr float start = -infinity;
  static float join(float sum, float value) { return sum < value ? value : sum; }
};
struct Smallest {
  static constexpr bool counts = false;
  static constexpr float start = infinity;
  static float join(float sum, float value) { return value < sum ? value : sum; }
};
struct MostExtreme {
  static constexpr bool counts = false;
  static constexpr float start = 0;
  static float join(float sum, float value) {
    return std::fabs(value) > std::fabs(sum) ? value : sum;
  }
};
struct Sum {
  static constexpr bool counts = true;
  static constexpr float start = 0;
  static float join(float sum, float value) { return sum + value; }
};

// Row by row, as the memory lies: first all rows of a line of cells into one row, then that row
// into cells.
template <class Join>
class Summing {
 public:
  explicit Summing(const Cut& c)
      : c_(c),
        joined_(static_cast<std::size_t>(c.columns)),
        counts_(joined_.size()),
        copied_(c.matrix.column_stride == 1 ? 0 : joined_.size()) {}

  void line_of_cells(int row0, int row1, std::vector<float>& cells) {
    std::ranges::fill(joined_, Join::start);
    std::ranges::fill(counts_, 0);
    const int above = c_.above(row1);
    for (int row = row0; row < row1; ++row) {
      const float* values = row_at(row);
      join(values, 0, c_.below(row));
      join(values, above, c_.columns);
    }
    for (int begin = 0; begin < c_.columns; begin += c_.column_step) {
      float value = Join::start;
      int count = 0;
      for (int i = begin; i < std::min(c_.columns, begin + c_.column_step); ++i) {
        value = Join::join(value, joined_[static_cast<std::size_t>(i)]);
        count += counts_[static_cast<std::size_t>(i)];
      }
      cells.push_back(Join::counts ? value / static_cast<float>(std::max(1, count)) : value);
    }
  }

 private:
  void join(const float* values, int begin, int end) {
    float* joined = joined_.data();
    int* counts = counts_.data();
    for (int i = begin; i < end; ++i) joined[i] = Join::join(joined[i], values[i]);
    if constexpr (Join::counts)
      for (int i = begin; i < end; ++i) ++counts[i];
  }
  const float* row_at(int row) {
    const MatrixView& m = c_.matrix;
    const float* first =
        m.data + (c_.request.row0 + row) * m.row_stride + c_.request.column0 * m.column_stride;
    if (m.column_stride == 1) return first;
    for (std::size_t i = 0; i < copied_.size(); ++i)
      copied_[i] = first[static_cast<std::ptrdiff_t>(i) * m.column_stride];
    return copied_.data();
  }

  const Cut& c_;
  std::vector<float> joined_;
  std::vector<int> counts_;  // values in each, for the mean
  std::vector<float> copied_;
};

template <class Join>
void fill_cells(const Cut& c, std::vector<float>& cells) {
  Summing<Join> summing(c);
  for (int row = 0; row < c.rows; row += c.row_step)
    summing.line_of_cells(row, std::min(c.rows, row + c.row_step), cells);
}

void fill_cells(const Cut& c, std::vector<float>& cells) {
  switch (c.request.summary) {
    case Summary::largest:
      return fill_cells<Largest>(c, cells);
    case Summary::smallest:
      return fill_cells<Smallest>(c, cells);
    case Summary::most_extreme:
      return fill_cells<MostExtreme>(c, cells);
    case Summary::mean:
      return fill_cells<Sum>(c, cells);
  }
}

// Keys lie dimension by dimension: their grid is made of the turned matrix, then turned back.
bool lies_turned(const MatrixView& m, const GridRequest& request) {
  return m.row_stride == 1 && m.column_stride != 1 && !request.below_diagonal_only;
}

std::vector<float> turned(const std::vector<float>& cells, int rows, int columns) {
  std::vector<float> out(cells.size());
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c)
      out[static_cast<std::size_t>(c * rows + r)] =
          cells[static_cast<std::size_t>(r * columns + c)];
  return out;
}

Grid grid_of(const MatrixView& matrix, const GridRequest& request) {
  const Cut c = cut(matrix, request);
  Grid grid{.rows = (c.rows + c.row_step - 1) / c.row_step,
            .columns = (c.columns + c.column_step - 1) / c.column_step,
            .row_step = c.row_step,
            .column_step = c.column_step,
            .summary = request.summary,
            .cells = {}};
  grid.cells.reserve(static_cast<std::size_t>(grid.rows) * static_cast<std::size_t>(grid.columns));
  if (c.columns > 0) fill_cells(c, grid.cells);
  return grid;
}

Grid turned_grid_of(const MatrixView& m, const GridRequest& r) {
  const MatrixView matrix{.owner = m.owner,
                          .data = m.data,
                          .rows = m.columns,
                          .columns = m.rows,
                          .row_stride = m.column_stride,
                          .column_stride = m.row_stride};
  Grid grid = grid_of(matrix, {.row0 = r.column0,
                               .rows = r.columns,
                               .column0 = r.row0,
                               .columns = r.rows,
                               .most_rows = r.most_columns,
                               .most_columns = r.most_rows,
                               .summary = r.summary});
  grid.cells = turned(grid.cells, grid.rows, grid.columns);
  std::swap(grid.rows, grid.columns);
  std::swap(grid.row_step, grid.column_step);
  return grid;
}

bool same_owner(const std::weak_ptr<const void>& a, const std::shared_ptr<const void>& b) {
  return !a.owner_before(b) && !b.owner_before(a);
}

}  // namespace

std::shared_ptr<const Grid> make_grid(const MatrixView& matrix, const GridRequest& request) {
  auto grid = std::make_shared<Grid>(lies_turned(matrix, request) ? turned_grid_of(matrix, request)
                                                                  : grid_of(matrix, request));
  if (!grid->cells.empty()) {
    const auto [low, high] = std::ranges::minmax(grid->cells);
    grid->low = low, grid->high = high;
  }
  return grid;
}

void GridStore::forget(std::list<Entry>::iterator entry) {
  bytes_ -= entry->grid->cells.size() * sizeof(float);
  entries_.erase(entry);
}

std::shared_ptr<const Grid> GridStore::get(const MatrixView& matrix, const GridRequest& request) {
  for (auto next = entries_.begin(); next != entries_.end();) {
    const auto entry = next++;
    if (entry->owned && entry->owner.expired()) {
      forget(entry);
      continue;
    }
    const MatrixView& m = entry->matrix;
    if (m.data != matrix.data || m.rows != matrix.rows || m.columns != matrix.columns ||
        m.row_stride != matrix.row_stride || m.column_stride != matrix.column_stride ||
        !same_owner(entry->owner, matrix.owner) || !(entry->request == request))
      continue;
    entries_.splice(entries_.begin(), entries_, entry);
    return entries_.front().grid;
  }
  MatrixView unowned = matrix;
  unowned.owner.reset();
  entries_.push_front(
      {unowned, matrix.owner, matrix.owner != nullptr, request, make_grid(matrix, request)});
  bytes_ += entries_.front().grid->cells.size() * sizeof(float);
  while ((bytes_ > budget_ || entries_.size() > most_entries) && entries_.size() > 1)
    forget(std::prev(entries_.end()));
  return entries_.front().grid;
}

}  // namespace kv::scene
