// Explanations: there is one for everything, in every language, and its numbers are those one gets
// by computing them again.
#include "viz/scene/explain.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>

#include "core/cost/growth.h"
#include "tests/scene/looking.h"
#include "tests/support/golden.h"
#include "viz/scene/number_text.h"

namespace kv::test {
namespace {

using core::Side;
using scene::Badge;
using scene::Explanation;
using scene::Language;
using scene::PartId;
using scene::PartKind;
using scene::value_text;

std::string name_of(const PartId& part) {
  return std::string(scene::name_of(part.kind)) + " " +
         (part.side == Side::cached ? "cached " : "uncached ") + std::to_string(part.a) + " " +
         std::to_string(part.b);
}

TEST(ExplainGolden, EveryPartInEveryLanguage) {
  for (const Language language : scene::languages) {
    Looking looking;
    looking.view.language = language;
    std::string text;
    for (const PartId& part : every_part())
      text += name_of(part) + "\n" + text_of(looking.explain(part), language) + "\n";
    expect_golden(std::string("scene/golden/explain_") + scene::code_of(language) + ".txt", text);
  }
}

TEST(Explain, HasWordsForEveryPartInEveryLanguage) {
  for (const PartId& part : every_part()) {
    std::set<std::string> texts;
    for (const Language language : scene::languages) {
      SCOPED_TRACE(name_of(part) + " " + scene::code_of(language));
      Looking looking;
      looking.view.language = language;
      const Explanation e = looking.explain(part);
      EXPECT_FALSE(e.title.empty());
      for (const std::string& line : e.lines) EXPECT_FALSE(line.empty());
      const std::string text = text_of(e, language);
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_EQ(text.find("  -  "), std::string::npos) << text;
      texts.insert(text);
    }
    EXPECT_EQ(texts.size(), scene::languages.size()) << name_of(part);
  }
}

TEST(Explain, SaysNothingOfWhatIsNotThere) {
  Looking looking;
  for (const int far : {-1, 7, 1000})
    for (const PartKind kind :
         {PartKind::key_cell, PartKind::value_cell, PartKind::attention_cell, PartKind::row_label})
      EXPECT_TRUE(looking.explain({kind, Side::uncached, far, 0}).title.empty()) << far;
  for (const PartKind kind : {PartKind::component, PartKind::candidate, PartKind::head_thumbnail,
                              PartKind::operation_chip, PartKind::token, PartKind::lens_cell})
    for (const int far : {-1, 1000})
      EXPECT_TRUE(looking.explain({kind, Side::cached, far, 0}).title.empty());
  EXPECT_TRUE(looking.explain({}).title.empty());
}

TEST(Explain, BearsTheTimeBeforeTheFirstStepAndNoRunAtAll) {
  Looking before(0);
  for (const PartId& part : every_part()) {
    const Explanation e = before.explain(part);
    EXPECT_TRUE(e.badge != Badge::measured || part.kind == PartKind::chart) << name_of(part);
  }
  Looking nothing;
  nothing.subject = {};
  for (const PartId& part : every_part()) nothing.explain(part);
  EXPECT_FALSE(nothing.explain({PartKind::model_button}).title.empty());
  EXPECT_TRUE(nothing.explain({PartKind::ratio}).title.empty());
}

// The product of all numbers of a text up to its equals sign: "2 x 7 x 1,024 heads = ..." is
// 14,336.
core::Uint128 product_in(const std::string& text) {
  core::Uint128 product = 1, number = 0;
  bool inside = false;
  for (const char c : text.substr(0, text.find('='))) {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      number = 10 * number + static_cast<core::Uint128>(c - '0');
      inside = true;
    } else if (c != ',' && inside) {
      product *= number;
      number = 0, inside = false;
    }
  }
  return inside ? product * number : product;
}

const std::string* line_beginning(const Explanation& e, std::string_view text) {
  for (const std::string& line : e.lines)
    if (line.starts_with(text)) return &line;
  return nullptr;
}

TEST(Explain, FormulasOfTheComponentsComeToWhatWasCounted) {
  for (const int step : {1, 3}) {
    Looking looking(step);
    for (const Language language : scene::languages)
      for (const Side side : {Side::cached, Side::uncached})
        for (int i = 0; i < static_cast<int>(core::op_count_parts.size()); ++i) {
          looking.view.language = language;
          const Explanation e = looking.explain({PartKind::component, side, i});
          SCOPED_TRACE(text_of(e, language));
          const core::OpCount& count = side == Side::cached ? looking.step().cached->count
                                                            : looking.step().uncached->cost.count;
          const core::Uint128 counted =
              count.*core::op_count_parts[static_cast<std::size_t>(i)].value;
          EXPECT_EQ(e.value, scene::grouped_text(counted) + " FLOP");
          const std::string* formula = line_beginning(e, "2 \u00D7 ");
          ASSERT_TRUE(formula);
          EXPECT_EQ(product_in(*formula), counted);
          EXPECT_EQ(e.badge, Badge::counted);
        }
  }
}

TEST(Explain, SumsNameEveryComponent) {
  Looking looking;
  const core::OpCount& count = looking.step().uncached->cost.count;
  const Explanation e = looking.explain({PartKind::step_flops, Side::uncached});
  EXPECT_EQ(e.value, scene::grouped_text(count.total()) + " FLOP");
  for (const auto& part : core::op_count_parts)
    EXPECT_TRUE(mentions(e, ": " + scene::grouped_text(count.*part.value))) << part.name;
  EXPECT_TRUE(mentions(e, scene::grouped_text(count.other)));
  EXPECT_TRUE(mentions(e, scene::grouped_text(count.scores_masked + count.weighted_sum_masked)));
  EXPECT_TRUE(mentions(e, "48.0 \u00B5s"));
  core::OpCount total;
  for (const auto& step : looking.subject.run->steps) total += step->cached->count;
  EXPECT_EQ(looking.explain({PartKind::total_flops, Side::cached}).value,
            scene::grouped_text(total.total()) + " FLOP");
}

TEST(Explain, MaskedNoteCountsTheTriangle) {
  Looking looking;
  const Explanation e = looking.explain({PartKind::masked_note, Side::uncached});
  EXPECT_TRUE(mentions(e, "= 21 scores a head"));
  const core::OpCount& count = looking.step().uncached->cost.count;
  // 21 scores a head of 2 pairs each, 4 heads, 2 layers.
  EXPECT_EQ(count.scores_masked, core::Uint128{2 * 21 * 2 * 4 * 2});
  EXPECT_TRUE(mentions(e, scene::grouped_text(count.scores_masked) + " FLOP of the scores"));
}

TEST(Explain, BytesComeFromTheFormula) {
  Looking looking;
  const Explanation e = looking.explain({PartKind::cache_bytes});
  const std::string* formula = line_beginning(e, "2 \u00D7 ");
  ASSERT_TRUE(formula);
  EXPECT_EQ(product_in(*formula), core::Uint128{looking.step().cache_bytes});
  EXPECT_EQ(looking.step().cache_bytes, 448U);
  EXPECT_TRUE(mentions(e, "448 B"));
  EXPECT_TRUE(mentions(e, "each further token adds 64 B"));
  EXPECT_TRUE(mentions(e, "not the 4 query heads"));
}

TEST(Explain, RatioIsOfArithmeticAndOfTime) {
  Looking looking;
  const Explanation e = looking.explain({PartKind::ratio});
  EXPECT_NE(e.value.find(scene::ratio_text(looking.step().uncached->cost.count.total(),
                                           looking.step().cached->count.total())),
            std::string::npos);
  EXPECT_TRUE(mentions(e, "48.0 \u00B5s / 12.0 \u00B5s = 4.00\u00D7 (measured)"));
  EXPECT_FALSE(mentions(e, "nothing to read yet"));
  EXPECT_TRUE(mentions(Looking(1).explain({PartKind::ratio}), "nothing to read yet"));
}

TEST(Explain, AgreementSaysHowFarAndWhy) {
  Looking looking;
  const Explanation far = looking.explain({PartKind::agreement});
  EXPECT_EQ(far.value, "1.9e-06");
  EXPECT_TRUE(mentions(far, "add in another order"));
  EXPECT_TRUE(mentions(far, "K 2.4e-07, V 1.2e-07"));
  looking.change_step(2, [](core::Step& s) { s.uncached->agreement->logits = 0; });
  const Explanation none = looking.explain({PartKind::agreement});
  EXPECT_EQ(none.value, "0");
  EXPECT_FALSE(mentions(none, "another order"));
  looking.change_step(2, [](core::Step& s) { s.uncached->agreement->same_token = false; });
  EXPECT_TRUE(mentions(looking.explain({PartKind::same_token}), "different tokens"));
}

TEST(Explain, WhatIsStillComputedIsNotInvented) {
  Looking looking;
  looking.subject.uncached = nullptr;
  looking.change_step(2, [](core::Step& s) { s.uncached.reset(); });
  looking.subject.costs =
      std::make_shared<const scene::CostSeries>(scene::cost_series(*looking.subject.run));
  for (const PartKind kind : {PartKind::key_cell, PartKind::value_cell, PartKind::attention_cell}) {
    const Explanation e = looking.explain({kind, Side::uncached, 3, 1});
    EXPECT_TRUE(e.value.empty());
    EXPECT_EQ(e.badge, Badge::none);
    EXPECT_TRUE(mentions(e, "still being computed"));
  }
  for (const PartKind kind : {PartKind::agreement, PartKind::same_token}) {
    const Explanation e = looking.explain({kind});
    EXPECT_TRUE(e.value.empty());
    EXPECT_TRUE(mentions(e, "not known yet"));
  }
  EXPECT_EQ(looking.explain({PartKind::step_flops, Side::uncached}).badge, Badge::formula);
  EXPECT_EQ(looking.explain({PartKind::total_flops, Side::uncached}).badge, Badge::formula);
  EXPECT_EQ(looking.explain({PartKind::component, Side::uncached, 3}).badge, Badge::formula);
  EXPECT_EQ(looking.explain({PartKind::step_flops, Side::cached}).badge, Badge::counted);
  EXPECT_EQ(looking.explain({PartKind::ratio}).badge, Badge::formula);
}

TEST(Explain, TokensSayWhetherTheyHaveARow) {
  Looking looking;
  EXPECT_TRUE(mentions(looking.explain({PartKind::token, Side::cached, 6}), "row 7 of K and V"));
  EXPECT_TRUE(mentions(looking.explain({PartKind::token, Side::cached, 7}), "no row of K and V"));
  EXPECT_TRUE(mentions(looking.explain({PartKind::token, Side::cached, 2}), "part of the prompt"));
  EXPECT_TRUE(mentions(looking.explain({PartKind::token, Side::cached, 6}), "made by step 2"));
}

TEST(Explain, CandidatesComeFromTheLogits) {
  Looking looking;
  const auto& logits = looking.step().logits;
  const auto& candidates = looking.subject.text->candidates[2];
  double largest = -1e300, sum = 0;
  for (const float l : logits) largest = std::max(largest, static_cast<double>(l));
  for (const float l : logits) sum += std::exp(static_cast<double>(l) - largest);
  for (int i = 0; i < static_cast<int>(candidates.size()); ++i) {
    const auto token = static_cast<std::size_t>(candidates[static_cast<std::size_t>(i)].token);
    const double p = std::exp(static_cast<double>(logits[token]) - largest) / sum;
    const Explanation e = looking.explain({PartKind::candidate, Side::cached, i});
    EXPECT_EQ(e.value, "probability " + value_text(p));
    EXPECT_TRUE(mentions(e, ") / " + value_text(sum) + " = " + value_text(p)));
    EXPECT_EQ(e.title.starts_with("Taken"), i == 0);
  }
}

TEST(Explain, SamplingIsNamedForWhatItIs) {
  Looking looking;
  const PartId other{PartKind::candidate, Side::cached, 1};
  EXPECT_TRUE(mentions(looking.explain(other), "greedy"));
  core::Run run = *looking.subject.run;
  run.sampling.temperature = 0.8;
  looking.subject.run = std::make_shared<const core::Run>(run);
  EXPECT_TRUE(mentions(looking.explain(other), "softmax(logits / 0.8)"));
  auto text = std::make_shared<scene::RunText>(*looking.subject.text);
  text->candidates[2][1].kept = false;
  looking.subject.text = text;
  EXPECT_TRUE(mentions(looking.explain(other), "cannot be drawn"));
  EXPECT_FALSE(mentions(looking.explain(other), "softmax(logits"));
}

TEST(Explain, ChartGivesBothSidesAndTheirExponents) {
  Looking looking;
  const auto total = [&](Side side, int prompt, int n) {
    return core::run_cost(looking.config(), side, prompt, n);
  };
  const Explanation run = looking.explain({PartKind::chart, Side::cached, 7});
  EXPECT_EQ(run.badge, Badge::counted);
  for (const Side side : {Side::cached, Side::uncached})
    EXPECT_TRUE(mentions(run, ": " + scene::grouped_text(total(side, 5, 7).total()) + " FLOP"));
  EXPECT_EQ(looking.explain({PartKind::chart, Side::cached, 20}).badge, Badge::formula);
  looking.view.chart.log_log = true;
  const Explanation reference = looking.explain({PartKind::chart, Side::cached, 20});
  EXPECT_EQ(reference.badge, Badge::formula);
  for (const Side side : {Side::cached, Side::uncached}) {
    const auto a = total(side, 1, 20), b = total(side, 1, 19);
    const double k = *core::local_exponent(a.total(), b.total(), 20);
    char text[16];
    std::snprintf(text, sizeof text, "total %.2f", k);
    EXPECT_TRUE(mentions(reference, text));
  }
  looking.view.chart.component = 6;
  EXPECT_TRUE(mentions(looking.explain({PartKind::chart, Side::cached, 20}), "MLP"));
}

TEST(Explain, HeadsSayWhomTheyShareWith) {
  Looking looking;
  const Explanation e = looking.explain({PartKind::head_thumbnail, Side::cached, 3});
  EXPECT_TRUE(mentions(e, "Query head 4 of 4"));
  EXPECT_TRUE(mentions(e, "kv head 2 of 2, together with query heads 3 to 4"));
  Looking own(3, {.model = "random:width=8,layers=2,heads=4,kv_heads=4,ffn=16,vocab=32,context=64,"
                           "seed=7"});
  EXPECT_TRUE(mentions(own.explain({PartKind::head_thumbnail, Side::cached, 3}),
                       "keys and values of its own: kv head 4 of 4"));
  EXPECT_FALSE(mentions(own.explain({PartKind::cache_bytes}), "query heads"));
}

TEST(Explain, OperationsKnowTheirCost) {
  Looking looking;
  const core::OpCount& a = looking.step().uncached->cost.count;
  const core::OpCount& b = looking.step().cached->count;
  const auto e = looking.explain(
      {PartKind::operation_chip, Side::cached, static_cast<int>(scene::Operation::project)});
  EXPECT_TRUE(mentions(e, scene::flops_text((a.q + a.k + a.v) / 2) + " without, " +
                              scene::flops_text((b.q + b.k + b.v) / 2) + " with"));
  const auto mask = looking.explain(
      {PartKind::operation_chip, Side::cached, static_cast<int>(scene::Operation::mask)});
  EXPECT_FALSE(mentions(mask, "without, "));
}

}  // namespace
}  // namespace kv::test
