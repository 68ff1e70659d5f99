// Where the parts of a formula stand.
#include <gtest/gtest.h>

#include "tests/scene/formula_parts.h"

namespace kv::test::formula {
namespace {

void expect_inside(const FormulaLayout& layout, std::string_view source) {
  for (const Primitive& item : layout.items) {
    const Rect r = bounds_of(item);
    EXPECT_GE(r.x, -0.01F) << source;
    EXPECT_LE(r.right(), layout.width + 0.01F) << source;
    EXPECT_GE(r.y, -layout.ascent - 0.01F) << source;
    EXPECT_LE(r.bottom(), layout.descent + 0.01F) << source;
  }
}

constexpr const char* realistic[] = {
    R"(\text{softmax}\left(\frac{\q{Q}\k{K}^T}{\sqrt{d_{\text{head}}}}\right)\v{V})",
    R"(\softmax(x)_i = \frac{e^{x_i - \max_j x_j}}{\sum_{j=1}^{t} e^{x_j - \max_j x_j}})",
    R"(\sum_{i=1}^{n} i = \frac{n(n+1)}{2})",
    R"(\sum_{t=1}^{n} t^2 = \frac{n(n+1)(2n+1)}{6} \approx \frac{n^3}{3})",
    R"(x_t \sim P(x_t \mid x_1, x_2, \dots, x_{t-1}))",
    R"(2 \cdot b \cdot t \cdot \ell \cdot h_{kv} \cdot d_{\text{head}} \cdot 2\ \text{B} = 13.1 GB)",
    R"(t^2 - (t-1)^2 = 2t - 1)",
    R"(O(\ell \, b \, d \, t^2) \to O(\ell \, b \, d \, t))",
    R"(\begin{pmatrix} q_1 k_1 & -\infty & -\infty \\ q_2 k_1 & q_2 k_2 & -\infty \\
       \vdots & \vdots & \ddots \end{pmatrix})",
    R"(12 d^2 n(n+1) + \frac{2}{3} d\,n(n+1)(2n+1))",
    R"(s_{ij} = \begin{cases} \q{q}_i \cdot \k{k}_j / \sqrt{d} & j \le i \\ -\infty & j > i \end{cases})",
    R"(\prod_{t=1}^{T} P(x_t \mid x_{<t}) = \exp\left(\sum_t \log p_t\right))",
    R"(\frac{\ln C(n) - \ln C(n-1)}{\ln n - \ln(n-1)} \ge 2.97, \quad n \in \{2, \ldots, 1,024\})",
    R"(y = \frac{x}{\sqrt{\frac{1}{d}\sum_{i} x_i^2 + \epsilon}} \odot \gamma)",
    R"(\k{K}_{\le t} = \left[\k{K}_{<t};\ \k{k}_t\right] \in \mathbf{R}^{t \times d}, \theta_i = \alpha^{-2i/d})",
};

TEST(Formula, LaysRealisticOnesOutWithinTheirBounds) {
  for (const char* source : realistic) {
    EXPECT_EQ(formula_mistake(source).value_or(""), "") << source;
    for (const Font font : {Font::tiny, Font::small, Font::body, Font::title, Font::title_bold}) {
      const FormulaLayout layout = lay(source, font);
      EXPECT_GT(layout.items.size(), 4U) << source;
      expect_inside(layout, source);
      for (const Text& text : texts(layout)) {
        EXPECT_EQ(text.text.find('\\'), std::string::npos) << source;
        EXPECT_EQ(text.text.find('{', 1), std::string::npos) << source;
      }
    }
  }
}

TEST(Formula, CentresFractionsOnTheirBar) {
  const FormulaLayout layout = lay(R"(\frac{abc}{d})");
  const auto bars = shapes<Box>(layout);
  ASSERT_EQ(bars.size(), 1U);
  const Rect bar = bars[0].rect;
  const Rect left = rect_of(text_of(layout, "a")), right = rect_of(text_of(layout, "c"));
  const Rect below = rect_of(text_of(layout, "d"));
  EXPECT_LE(left.bottom(), bar.y);
  EXPECT_GE(below.y, bar.bottom());
  EXPECT_NEAR((left.x + right.right()) / 2, bar.center().x, 0.01F);
  EXPECT_NEAR(below.center().x, bar.center().x, 0.01F);
  EXPECT_LE(bar.x, left.x);
  EXPECT_GE(bar.right(), right.right());
  // The bar lies where a minus sign has its stroke.
  EXPECT_NEAR(bar.center().y, -axis_share * 18, 0.01F);
}

TEST(Formula, SetsFractionsInFractionsSmaller) {
  const FormulaLayout layout = lay(R"(\frac{a}{b + \frac{c}{d}})");
  EXPECT_EQ(text_of(layout, "a").font, Font::body);
  EXPECT_EQ(text_of(layout, "b").font, Font::body);
  EXPECT_EQ(text_of(layout, "c").font, Font::small);
}

TEST(Formula, RaisesAndLowersScripts) {
  const FormulaLayout layout = lay("x^a_b", Font::title);
  const Text x = text_of(layout, "x"), above = text_of(layout, "a"), below = text_of(layout, "b");
  EXPECT_FLOAT_EQ(baseline_of(x), 0);
  EXPECT_LT(baseline_of(above), -4);
  EXPECT_GT(baseline_of(below), 3);
  EXPECT_LT(size_of(above), size_of(x));
  EXPECT_EQ(above.font, below.font);
  EXPECT_GE(above.at.x, rect_of(x).right());
  EXPECT_FLOAT_EQ(above.at.x, below.at.x);
  // Letters of both keep apart: capitals reach 0.69 of a line's height up.
  EXPECT_LT(baseline_of(above) + descent_of(above.font),
            baseline_of(below) - 0.69F * size_of(below));
  EXPECT_EQ(text_of(lay("x^{a^{b^c}}"), "c").font, Font::tiny);
}

TEST(Formula, RaisesScriptsAboveTallThings) {
  const float low = baseline_of(text_of(lay("x^a"), "a"));
  EXPECT_LT(baseline_of(text_of(lay(R"(\left(\frac{x}{y}\right)^a)"), "a")), low - 5);
  const FormulaLayout tall = lay(R"(e^{\frac{x}{y}})");
  EXPECT_LT(shapes<Box>(tall)[0].rect.y, low - 2);
}

TEST(Formula, PutsLimitsAboveAndBelowSums) {
  for (const char* command : {"sum", "prod"}) {
    const std::string source = std::string("\\") + command + "_{i}^{n} x";
    const FormulaLayout layout = lay(source);
    const Text sign = text_of(layout, source[1] == 's' ? "\u2211" : "\u220F");
    const Text below = text_of(layout, "i"), above = text_of(layout, "n"), x = text_of(layout, "x");
    EXPECT_GT(size_of(sign), size_of(x));
    EXPECT_LT(size_of(below), size_of(x));
    EXPECT_NEAR(rect_of(below).center().x, rect_of(sign).center().x, 0.01F);
    EXPECT_NEAR(rect_of(above).center().x, rect_of(sign).center().x, 0.01F);
    const float size = size_of(sign), base = baseline_of(sign);
    EXPECT_LT(baseline_of(above), base - sum_top_share * size);
    EXPECT_GT(baseline_of(below) - 0.69F * size_of(below), base + sum_bottom_share * size);
    EXPECT_GT(x.at.x, rect_of(sign).right());
    // The sign's middle is the minus sign's.
    EXPECT_NEAR(base - (sum_top_share - sum_bottom_share) / 2 * size, -axis_share * 18, 0.01F);
  }
  EXPECT_GT(text_of(lay(R"(\max_j s)"), "j").at.y, text_of(lay("x_j"), "j").at.y + 5);
  EXPECT_GT(text_of(lay(R"(\sum\limits_j s)"), "j").at.y, 0);
}

TEST(Formula, AlignsAMatrixsColumns) {
  const FormulaLayout layout =
      lay(R"(\begin{matrix} a & bbb & c \\ ddd & e & \frac{f}{g} \\ h \end{matrix})");
  const auto middle = [&](const char* content) {
    return rect_of(text_of(layout, content)).center();
  };
  EXPECT_NEAR(middle("a").x, middle("h").x, 0.01F);
  EXPECT_NEAR(middle("e").x, rect_of(texts(layout)[2]).center().x, 0.01F);  // of bbb
  EXPECT_NEAR(middle("c").x, middle("f").x, 0.01F);
  EXPECT_FLOAT_EQ(baseline_of(text_of(layout, "a")), baseline_of(text_of(layout, "c")));
  EXPECT_FLOAT_EQ(baseline_of(text_of(layout, "e")), baseline_of(texts(layout)[5]));
  EXPECT_LT(rect_of(text_of(layout, "a")).bottom(), text_of(layout, "f").at.y);
  EXPECT_LT(rect_of(text_of(layout, "g")).bottom(), text_of(layout, "h").at.y);
  EXPECT_GT(text_of(layout, "e").at.x, rect_of(texts(layout)[6]).right());
  // As high above the minus sign's stroke as below.
  EXPECT_NEAR(layout.ascent - axis_share * 18, layout.descent + axis_share * 18, 0.01F);
}

TEST(Formula, AlignsCasesLeftAndEquationsAtTheirSign) {
  const FormulaLayout cases = lay(R"(\begin{cases} aaa & x \\ b & y \end{cases})");
  EXPECT_FLOAT_EQ(text_of(cases, "a").at.x, text_of(cases, "b").at.x);
  EXPECT_EQ(shapes<Path>(cases).size(), 1U);
  const FormulaLayout aligned = lay(R"(\begin{aligned} aaa &= b \\ c &= ddd \end{aligned})");
  std::vector<float> signs;
  for (const Text& text : texts(aligned))
    if (text.text == "=") signs.push_back(text.at.x);
  ASSERT_EQ(signs.size(), 2U);
  EXPECT_FLOAT_EQ(signs[0], signs[1]);
}

TEST(Formula, GrowsBracketsWithWhatTheyHold) {
  EXPECT_TRUE(shapes<Path>(lay(R"(\left(x\right))")).empty());
  for (const char* source : {R"(\left(\frac{a}{b}\right))", R"(\left[\frac{a}{b}\right])",
                             R"(\left|\frac{a}{b}\right|)", R"(\left\{\frac{a}{b}\right\})"}) {
    const FormulaLayout layout = lay(source);
    const auto brackets = shapes<Path>(layout);
    ASSERT_EQ(brackets.size(), 2U) << source;
    const Rect left = bounds_of(brackets[0]), right = bounds_of(brackets[1]);
    const Rect above = rect_of(text_of(layout, "a")), below = rect_of(text_of(layout, "b"));
    EXPECT_LT(left.y, above.y + 2) << source;
    EXPECT_GT(left.bottom(), below.bottom() - 2) << source;
    EXPECT_LT(left.right(), above.x) << source;
    EXPECT_GT(right.x, above.right()) << source;
    EXPECT_NEAR(left.x, layout.width - right.right(), 0.01F) << source;
  }
  EXPECT_EQ(shapes<Path>(lay(R"(\left.\frac{a}{b}\right|)")).size(), 1U);
}

TEST(Formula, DrawsARootOverAllOfIt) {
  const FormulaLayout layout = lay(R"(\sqrt[3]{\frac{a}{b}} c)");
  const auto roots = shapes<Path>(layout);
  ASSERT_EQ(roots.size(), 1U);
  const Rect root = bounds_of(roots[0]);
  const Rect above = rect_of(text_of(layout, "a")), below = rect_of(text_of(layout, "b"));
  EXPECT_LT(root.y, above.y);
  EXPECT_NEAR(root.bottom(), below.bottom(), 1.5F);
  EXPECT_GT(root.right(), above.right());
  EXPECT_LT(root.right(), text_of(layout, "c").at.x);
  EXPECT_LT(rect_of(text_of(layout, "3")).right(), above.x);
  EXPECT_LT(baseline_of(text_of(layout, "3")), -3);
}

TEST(Formula, GivesQueriesKeysAndValuesTheirColours) {
  const FormulaLayout layout = lay(R"(\q{Q}\k{K}^T\v{V}x)");
  EXPECT_EQ(text_of(layout, "Q").color, colors.query);
  EXPECT_EQ(text_of(layout, "K").color, colors.key);
  EXPECT_EQ(text_of(layout, "V").color, colors.value);
  EXPECT_EQ(text_of(layout, "T").color, colors.text);
  EXPECT_EQ(text_of(layout, "x").color, colors.text);
}

TEST(Formula, SpacesOperatorsButNotSigns) {
  const auto air = [](const char* source, const char* right) {
    const FormulaLayout layout = lay(source);
    return text_of(layout, right).at.x - rect_of(texts(layout)[0]).right();
  };
  EXPECT_NEAR(air("ab", "b"), 0, 0.01F);
  EXPECT_GT(air("a+b", "+"), 2);
  EXPECT_GT(air("a=b", "="), air("a+b", "+"));
  EXPECT_NEAR(air("-b", "b"), 0, 0.01F);
  EXPECT_NEAR(air("(-b", "\u2212"), 0, 0.01F);
  EXPECT_GT(air(R"(\log n)", "n"), 1);
  EXPECT_NEAR(air(R"(\log(n))", "("), 0, 0.01F);
  EXPECT_GT(air(R"(a\quad b)", "b"), 15);
  EXPECT_LT(air(R"(a\,b)", "b"), air(R"(a\;b)", "b"));
  EXPECT_LT(air(R"(a\!b)", "b"), 0);
  // None within scripts.
  const FormulaLayout script = lay("x_{i=1}");
  EXPECT_NEAR(text_of(script, "=").at.x, rect_of(text_of(script, "i")).right(), 0.01F);
  const FormulaLayout sum = lay("x_{i+1}");
  EXPECT_NEAR(text_of(sum, "+").at.x, rect_of(text_of(sum, "i")).right(), 0.01F);
}

}  // namespace
}  // namespace kv::test::formula
