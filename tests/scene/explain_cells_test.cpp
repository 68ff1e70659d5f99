// Explanations of cells: their numbers are those one gets by computing them again.
#include <gtest/gtest.h>

#include "tests/scene/looking.h"
#include "viz/scene/views/score_data.h"

namespace kv::test {
namespace {

using core::Side;
using scene::Explanation;
using scene::PartKind;
using scene::value_text;

TEST(Explain, KeysAndValuesAreThoseOfTheReplay) {
  Looking looking;
  const auto& c = looking.config();
  for (const Side side : {Side::cached, Side::uncached}) {
    const core::KvBlock& block =
        *(side == Side::cached ? looking.subject.cached : looking.subject.uncached)->block;
    const int kv_head = looking.view.head / (c.heads / c.kv_heads);
    for (int row = 0; row < 7; ++row)
      for (int i = 0; i < c.head_dim; ++i) {
        const float k = block.key(1, kv_head)[i * block.capacity() + row];
        const float v = block.value(1, kv_head)[row * c.head_dim + i];
        EXPECT_EQ(looking.explain({PartKind::key_cell, side, row, i}).value,
                  "k = " + value_text(static_cast<double>(k)));
        EXPECT_EQ(looking.explain({PartKind::value_cell, side, row, i}).value,
                  "v = " + value_text(static_cast<double>(v)));
      }
  }
}

TEST(Explain, RowsSayWhereTheyComeFrom) {
  Looking looking;  // 5 prompt tokens, third step: 7 rows
  const auto has = [&](Side side, int row, std::string_view text) {
    return mentions(looking.explain({PartKind::key_cell, side, row, 0}), text);
  };
  EXPECT_TRUE(has(Side::cached, 5, "read from the cache, not computed"));
  EXPECT_TRUE(has(Side::cached, 6, "kept for the next ones"));
  EXPECT_TRUE(has(Side::uncached, 5, "computed again"));
  EXPECT_TRUE(has(Side::uncached, 6, "dropped after it"));
  EXPECT_FALSE(has(Side::uncached, 6, "computed again"));
  // 2 x 2 kv heads x 2 dimensions x 4 B, over 2 layers.
  EXPECT_TRUE(has(Side::cached, 6, "= 32 B a layer"));
  EXPECT_TRUE(has(Side::cached, 6, "= 64 B"));
  EXPECT_TRUE(has(Side::cached, 6, "read by query heads 3 to 4"));
  EXPECT_TRUE(has(Side::cached, 6, "turned by the angle of position 6"));
}

TEST(Explain, RowsCountHowOftenTheyWereComputed) {
  Looking looking;
  for (int row = 0; row < 7; ++row) {
    const Explanation e = looking.explain({PartKind::row_label, Side::uncached, row});
    int times = 0, born = 0;
    for (int step = 1; step <= 3; ++step)
      if (row < 5 + step - 1) {
        ++times;
        if (born == 0) born = step;
      }
    EXPECT_TRUE(mentions(e, "= " + std::to_string(times) + " times")) << row;
    EXPECT_TRUE(mentions(e, "first computed in step " + std::to_string(born))) << row;
    EXPECT_TRUE(mentions(looking.explain({PartKind::row_label, Side::cached, row}), "once")) << row;
  }
}

// The whole way from q and K to the probability, in double and without the recorded scores.
struct Softmax {
  double product, score, largest, exponential, sum, probability;
};
Softmax softmax_of(const Looking& looking, const core::Replay& replay, int row, int column) {
  const auto& c = looking.config();
  const core::LayerRecord& layer = *replay.record->layer(1);
  const int kv_head = looking.view.head / (c.heads / c.kv_heads);
  const auto product = [&](int key_row) {
    double sum = 0;
    for (int i = 0; i < c.head_dim; ++i)
      sum += static_cast<double>(layer.q[static_cast<std::size_t>(
                 (looking.view.head * replay.fresh + row - replay.past) * c.head_dim + i)]) *
             static_cast<double>(
                 replay.block->key(1, kv_head)[i * replay.block->capacity() + key_row]);
    return sum;
  };
  const double root = std::sqrt(c.head_dim);
  Softmax s{product(column), product(column) / root, -1e300, 0, 0, 0};
  for (int j = 0; j <= row; ++j) s.largest = std::max(s.largest, product(j) / root);
  for (int j = 0; j <= row; ++j) s.sum += std::exp(product(j) / root - s.largest);
  s.exponential = std::exp(s.score - s.largest);
  s.probability = column > row ? 0 : s.exponential / s.sum;
  return s;
}

TEST(Explain, AttentionIsComputedAgainNumberByNumber) {
  Looking looking;
  for (const Side side : {Side::uncached, Side::cached}) {
    const core::Replay& replay =
        side == Side::cached ? *looking.subject.cached : *looking.subject.uncached;
    for (int row = replay.past; row < 7; ++row)
      for (int column = 0; column < 7; ++column) {
        SCOPED_TRACE(std::to_string(row) + "," + std::to_string(column));
        const Softmax s = softmax_of(looking, replay, row, column);
        const auto n = scene::score_numbers(looking.frame(), replay, row, column);
        ASSERT_TRUE(n);
        EXPECT_NEAR(n->product, s.product, 1e-6);
        EXPECT_NEAR(n->score, s.score, 1e-6);
        EXPECT_NEAR(n->largest, s.largest, 1e-6);
        EXPECT_NEAR(n->sum, s.sum, 1e-5);
        EXPECT_NEAR(n->probability, s.probability, 1e-6);
        const Explanation e = looking.explain({PartKind::attention_cell, side, row, column});
        EXPECT_EQ(e.value, "probability " + value_text(n->probability));
        EXPECT_TRUE(mentions(e, " = " + value_text(n->product)));
        EXPECT_TRUE(mentions(e, " = " + value_text(n->score)));
        if (column > row) continue;
        EXPECT_TRUE(mentions(e, value_text(n->exponential) + " / " + value_text(n->sum)));
      }
  }
}

TEST(Explain, AttentionNeedsNoRecordedScores) {
  Looking looking;
  core::RecordRequest request = looking.subject.uncached->record->request();
  request.scores = request.probabilities = false;
  core::Workspace work;
  const core::Replay bare = *core::replay(*looking.subject.run, 2, Side::uncached, request, work);
  for (int row = 0; row < 7; ++row) {
    const auto probabilities = scene::probability_row(looking.frame(), bare, row);
    for (int column = 0; column < 7; ++column) {
      const auto a = scene::score_numbers(looking.frame(), *looking.subject.uncached, row, column);
      const auto b = scene::score_numbers(looking.frame(), bare, row, column);
      ASSERT_TRUE(a && b);
      EXPECT_NEAR(a->score, b->score, 1e-6);
      EXPECT_NEAR(a->probability, b->probability, 1e-6);
      EXPECT_NEAR(probabilities[static_cast<std::size_t>(column)], a->probability, 1e-6);
    }
  }
}

TEST(Explain, MaskedScoresAreComputedThenThrownAway) {
  Looking looking;
  const Explanation e = looking.explain({PartKind::attention_cell, Side::uncached, 2, 5});
  EXPECT_NE(e.title.find("does not see"), std::string::npos);
  EXPECT_TRUE(mentions(e, "\u2212\u221E"));
  EXPECT_EQ(e.value, "probability 0");
  EXPECT_TRUE(mentions(looking.explain({PartKind::attention_cell, Side::cached, 2, 1}),
                       "Attention rows are not kept"));
}

// Another family's sizes and switches beside the same numbers: only the words differ.
TEST(Explain, LearnedPositionsTurnNoKeys) {
  Looking looking;
  core::ModelConfig config = looking.config();
  config.family = core::Family::gpt2;
  config.qkv_bias = true;
  core::Run run = *looking.subject.run;
  run.model = std::make_shared<const core::Model>(core::allocate_model(config, "learned"));
  looking.subject.run = std::make_shared<const core::Run>(std::move(run));
  const Explanation key = looking.explain({PartKind::key_cell, Side::cached, 3, 1});
  EXPECT_FALSE(mentions(key, "turned"));
  EXPECT_TRUE(mentions(key, "k = norm(x)\u00B7W_k + b_k"));
  EXPECT_TRUE(mentions(looking.explain({PartKind::value_cell, Side::cached, 3, 1}), "W_v + b_v"));
  EXPECT_TRUE(mentions(looking.explain({PartKind::component, Side::cached, 6}), "2 matrices"));
}

TEST(Explain, LensCellsAreTheNumbersOfTheNewestRow) {
  Looking looking;
  looking.moment = within(3, 1, scene::Operation::project, 1);
  const auto& input = looking.subject.cached->record->layer(1)->v;
  const int kv_head = 1, width = looking.config().head_dim;
  for (int i = 0; i < width; ++i)
    EXPECT_EQ(
        looking.explain({PartKind::lens_cell, Side::cached, 3, i}).value,
        value_text(static_cast<double>(input[static_cast<std::size_t>(kv_head * width + i)])));
}

TEST(Explain, LensCellsOfLongStripsAreHonest) {
  Looking looking;
  looking.moment = within(3, 1, scene::Operation::attention_norm, 1);
  looking.scene.places.push_back({.rect = {0, 0, 40, 10},
                                  .part = {.kind = PartKind::lens_cell, .a = 0},
                                  .rows = 1,
                                  .columns = 2,
                                  .column_step = 4});
  const auto& input = looking.subject.cached->record->layer(1)->input;
  float most = 0;
  for (std::size_t i = 4; i < 8; ++i)
    if (std::fabs(input[i]) > std::fabs(most)) most = input[i];
  const Explanation e = looking.explain({PartKind::lens_cell, Side::cached, 0, 4});
  EXPECT_EQ(e.value, value_text(static_cast<double>(most)));
  EXPECT_TRUE(mentions(e, "stands for 4 numbers"));
}

}  // namespace
}  // namespace kv::test
