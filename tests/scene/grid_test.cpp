// Grids: exact where the matrix fits, honest where it does not, and remembered no longer than the
// matrix lives.
#include "viz/scene/grid.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace kv::scene {
namespace {

struct Matrix {
  std::shared_ptr<std::vector<float>> memory;
  MatrixView view;
};

// Seeded numbers in -1..1; turned: stored column by column, as keys are.
Matrix matrix(int rows, int columns, bool turned = false, int padding = 0) {
  const int along = (turned ? rows : columns) + padding;
  const auto size =
      static_cast<std::size_t>(along) * static_cast<std::size_t>(turned ? columns : rows);
  auto memory = std::make_shared<std::vector<float>>(size);
  for (std::size_t i = 0; i < size; ++i)
    (*memory)[i] = static_cast<float>(2 * core::random_unit(11, i) - 1);
  MatrixView view{.owner = memory, .data = memory->data(), .rows = rows, .columns = columns};
  view.row_stride = turned ? 1 : along;
  view.column_stride = turned ? along : 1;
  return {memory, view};
}

// One cell computed the plain way.
float expected(const MatrixView& m, const GridRequest& q, int step_r, int step_c, int row,
               int column, int rows, int columns) {
  const int r1 = std::min(rows, (row + 1) * step_r), c1 = std::min(columns, (column + 1) * step_c);
  const auto above = [&](int r, int c) {
    return q.below_diagonal_only && q.column0 + c > q.row0 + r + q.diagonal;
  };
  const bool wholly_above = above(r1 - 1, column * step_c);
  bool first = true;
  double sum = 0;
  float result = 0;
  int count = 0;
  for (int r = row * step_r; r < r1; ++r)
    for (int c = column * step_c; c < c1; ++c) {
      if (!wholly_above && above(r, c)) continue;
      const float value = m.at(q.row0 + r, q.column0 + c);
      const bool take =
          first || (q.summary == Summary::largest && value > result) ||
          (q.summary == Summary::smallest && value < result) ||
          (q.summary == Summary::most_extreme && std::fabs(value) > std::fabs(result));
      if (take) result = value;
      first = false;
      sum += static_cast<double>(value);
      ++count;
    }
  return q.summary == Summary::mean ? static_cast<float>(sum / count) : result;
}

void expect_honest(const MatrixView& m, const GridRequest& q) {
  const auto grid = make_grid(m, q);
  const int rows = q.rows < 0 ? m.rows - q.row0 : std::min(q.rows, m.rows - q.row0);
  const int columns =
      q.columns < 0 ? m.columns - q.column0 : std::min(q.columns, m.columns - q.column0);
  ASSERT_EQ(grid->rows, (rows + grid->row_step - 1) / grid->row_step);
  ASSERT_EQ(grid->columns, (columns + grid->column_step - 1) / grid->column_step);
  EXPECT_LE(grid->rows, q.most_rows);
  EXPECT_LE(grid->columns, q.most_columns);
  ASSERT_EQ(grid->cells.size(),
            static_cast<std::size_t>(grid->rows) * static_cast<std::size_t>(grid->columns));
  float low = grid->cells[0], high = low;
  for (int r = 0; r < grid->rows; ++r)
    for (int c = 0; c < grid->columns; ++c) {
      const float cell = grid->at(r, c);
      ASSERT_NEAR(cell, expected(m, q, grid->row_step, grid->column_step, r, c, rows, columns),
                  1e-6)
          << r << "," << c << " summary " << static_cast<int>(q.summary);
      low = std::min(low, cell), high = std::max(high, cell);
    }
  EXPECT_EQ(grid->low, low);
  EXPECT_EQ(grid->high, high);
}

TEST(Grid, IsExactWhereItFits) {
  const Matrix m = matrix(7, 5, false, 3);
  const auto grid = make_grid(m.view, {});
  ASSERT_EQ(grid->rows, 7);
  ASSERT_EQ(grid->columns, 5);
  for (int r = 0; r < 7; ++r)
    for (int c = 0; c < 5; ++c) EXPECT_EQ(grid->at(r, c), m.view.at(r, c));
}

TEST(Grid, SummarisesHonestly) {
  for (const bool turned : {false, true})
    for (const Summary summary :
         {Summary::largest, Summary::most_extreme, Summary::mean, Summary::smallest}) {
      const Matrix m = matrix(61, 47, turned, 5);
      expect_honest(m.view, {.most_rows = 16, .most_columns = 10, .summary = summary});
      expect_honest(m.view, {.row0 = 5,
                             .rows = 30,
                             .column0 = 7,
                             .columns = 22,
                             .most_rows = 9,
                             .most_columns = 4,
                             .summary = summary});
      expect_honest(m.view, {.row0 = 60, .column0 = 46, .summary = summary});
      expect_honest(
          m.view, {.row0 = 2, .rows = 900, .most_rows = 1, .most_columns = 1, .summary = summary});
    }
}

TEST(Grid, KeepsWhatLiesAboveTheDiagonalOutOfCellsThatStraddleIt) {
  for (const bool turned : {false, true})
    for (const Summary summary :
         {Summary::largest, Summary::most_extreme, Summary::mean, Summary::smallest})
      for (const int diagonal : {0, 3, 20, -2}) {
        const Matrix m = matrix(40, 40, turned);
        expect_honest(m.view, {.most_rows = 9,
                               .most_columns = 9,
                               .summary = summary,
                               .below_diagonal_only = true,
                               .diagonal = diagonal});
        expect_honest(m.view, {.row0 = 8,
                               .rows = 25,
                               .column0 = 4,
                               .columns = 31,
                               .most_rows = 7,
                               .most_columns = 7,
                               .summary = summary,
                               .below_diagonal_only = true,
                               .diagonal = diagonal});
      }
}

TEST(Grid, KeepsOneStepForBothSidesOfADiagonal) {
  const Matrix m = matrix(100, 30);
  const auto grid =
      make_grid(m.view, {.most_rows = 10, .most_columns = 30, .below_diagonal_only = true});
  EXPECT_EQ(grid->row_step, 10);
  EXPECT_EQ(grid->column_step, 10);
}

TEST(Grid, OfNothingIsEmpty) {
  const Matrix m = matrix(4, 4);
  EXPECT_EQ(make_grid(m.view, {.row0 = 4})->rows, 0);
  EXPECT_TRUE(make_grid(m.view, {.column0 = 9})->cells.empty());
  EXPECT_TRUE(make_grid({}, {})->cells.empty());
}

TEST(GridStore, MakesTheSameGridOnce) {
  const Matrix a = matrix(20, 20), b = matrix(20, 20);
  GridStore store;
  const auto grid = store.get(a.view, {});
  EXPECT_EQ(store.get(a.view, {}), grid);
  EXPECT_NE(store.get(a.view, {.most_rows = 5}), grid);
  EXPECT_NE(store.get(b.view, {}), grid);
  MatrixView fewer = a.view;
  fewer.rows = 19;
  EXPECT_NE(store.get(fewer, {}), grid);
  EXPECT_EQ(store.get(a.view, {}), grid);
}

TEST(GridStore, ForgetsWhatWasUsedLongestAgo) {
  const Matrix m = matrix(100, 100);
  GridStore store(3 * 40000);
  const auto request = [](int i) { return GridRequest{.most_rows = 100 + i}; };
  const auto first = store.get(m.view, request(0));
  store.get(m.view, request(1));
  store.get(m.view, request(2));
  EXPECT_EQ(store.get(m.view, request(0)), first);
  store.get(m.view, request(3));  // drops 1, not 0
  EXPECT_EQ(store.bytes(), 3U * 40000);
  EXPECT_EQ(store.get(m.view, request(0)), first);
  for (int i = 10; i < 500; ++i) store.get(m.view, request(i));
  EXPECT_LE(store.bytes(), 3U * 40000);
}

TEST(GridStore, KeepsTheOneAskedForEvenBeyondItsBudget) {
  const Matrix m = matrix(100, 100);
  GridStore store(10);
  EXPECT_EQ(store.get(m.view, {})->rows, 100);
  EXPECT_EQ(store.bytes(), 40000U);
}

TEST(GridStore, KeepsNoMatrixAliveAndTakesNoNewOneForIt) {
  GridStore store;
  Matrix m = matrix(30, 30);
  const std::weak_ptr<std::vector<float>> alive = m.memory;
  const auto before = store.get(m.view, {});
  m = {};
  EXPECT_TRUE(alive.expired());
  // Another matrix at what may be the same address.
  Matrix next = matrix(30, 30);
  (*next.memory)[0] = 5;
  const auto after = store.get(next.view, {});
  EXPECT_EQ(after->at(0, 0), 5);
  EXPECT_EQ(store.bytes(), 30U * 30 * sizeof(float));
  EXPECT_NE(before, after);
}

}  // namespace
}  // namespace kv::scene
