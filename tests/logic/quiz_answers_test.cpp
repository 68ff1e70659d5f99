// Right answers computed a second time, from nothing but the numbers in the English question and
// the sizes of the models it names: by loops over rows and pairs, not by the program's expressions
// or closed forms.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "tests/logic/quiz_fixture.h"
#include "tests/logic/quiz_reading.h"
#include "viz/scene/rich_text.h"

namespace kv::test {
namespace {

using app::AskedQuestion;

// How many forwards compute the row; all of them where `position` is -1, first times left out.
double rows_computed(double prompt, double n, double position) {
  double times = 0;
  std::vector<bool> seen(static_cast<std::size_t>(n), false);
  for (double t = prompt; t <= n; ++t)
    for (double i = 0; i < t; ++i) {
      const auto row = static_cast<std::size_t>(i);
      if (position < 0 ? static_cast<bool>(seen[row]) : i == position) ++times;
      seen[row] = true;
    }
  return times;
}

double slope(const core::ModelConfig& c, bool cached, double n) {
  return std::log(run(c, cached, 1, n).total() / run(c, cached, 1, n - 1).total()) /
         std::log(n / (n - 1));
}

// The first of a rising row of lengths at which attention has caught up, between whole numbers too.
double caught_up(const std::function<Flops(double)>& cost) {
  double low = 1, high = 1e7;
  while (high - low > 1e-3) {
    const double middle = (low + high) / 2;
    const Flops flops = cost(middle);
    (flops.attention < flops.rest ? low : high) = middle;
  }
  return low;
}
// A run with the cache by its row of scores, on average, as real numbers.
Flops run_with(const core::ModelConfig& c, double n) {
  const Flops middle = step(c, true, (n + 1) / 2);
  return {.attention = n * middle.attention, .rest = n * middle.rest, .head = 0};
}

double sum_of_pairs(double n) {
  double pairs = 0;
  for (double t = 1; t <= n; ++t) pairs += t * t;
  return pairs;
}

double bytes_of_number(const std::string& text) {
  return text.find("kept in f32") != std::string::npos ? 4 : 2;
}

using Answer = std::function<double(const Reading&)>;
const std::map<std::string, Answer>& answers() {
  // `n` are the numbers read, `c` the model's sizes.
  using Numbers = std::vector<double>;
  using Config = core::ModelConfig;
  static const auto of = [](double (*compute)(const Numbers& n, const Config& c)) -> Answer {
    return [compute](const Reading& r) { return compute(r.numbers, r.model.model); };
  };
  static const std::map<std::string, Answer> all = {
      {"run-attention-without",
       of([](const Numbers& n, const Config&) { return sum_of_pairs(n[1]) / sum_of_pairs(n[0]); })},
      {"run-attention-with", of([](const Numbers& n, const Config& c) {
         return run(c, true, 1, n[1]).attention / run(c, true, 1, n[0]).attention;
       })},
      {"run-rest-without", of([](const Numbers& n, const Config& c) {
         return run(c, false, 1, n[1]).rest / run(c, false, 1, n[0]).rest;
       })},
      {"wider-model", of([](const Numbers& n, const Config&) { return n[0] * n[0]; })},
      {"total-exponent-without",
       of([](const Numbers& n, const Config& c) { return slope(c, false, n[0]); })},
      {"total-exponent-with",
       of([](const Numbers& n, const Config& c) { return slope(c, true, n[0]); })},
      {"small-n-exponent", of([](const Numbers& n, const Config&) {
         return std::log(sum_of_pairs(n[0]) / sum_of_pairs(n[0] - 1)) / std::log(n[0] / (n[0] - 1));
       })},
      {"step-attention-without", of([](const Numbers& n, const Config& c) {
         return step(c, false, n[1]).attention / step(c, false, n[0]).attention;
       })},
      {"step-attention-with", of([](const Numbers& n, const Config& c) {
         return step(c, true, n[1]).attention / step(c, true, n[0]).attention;
       })},
      {"run-flops", of([](const Numbers& n, const Config&) {  // layers, heads, width, tokens
         return 4 * n[2] * n[1] * n[0] * sum_of_pairs(n[3]);
       })},
      {"attention-share", of([](const Numbers& n, const Config& c) {
         return step(c, true, n[0]).attention / step(c, true, n[0]).total();
       })},
      {"narrower-heads", of([](const Numbers& n, const Config&) {  // heads, width, heads, width
         return n[2] * n[3] / (n[0] * n[1]);
       })},
      {"own-keys-flops", of([](const Numbers& n, const Config& c) {
         Config own = c;
         own.kv_heads = static_cast<int>(n[0]);
         return step(own, true, 99).attention / step(c, true, 99).attention;
       })},
      {"crossover-step", of([](const Numbers&, const Config& c) {
         return caught_up([&](double t) { return step(c, false, t); });
       })},
      {"crossover-run", of([](const Numbers&, const Config& c) {
         return caught_up([&](double n) { return run_with(c, n); });
       })},
      {"bytes-per-token",
       [](const Reading& r) {  // layers, query heads, kv heads, width
         return 2 * r.numbers[0] * r.numbers[2] * r.numbers[3] * bytes_of_number(r.text);
       }},
      {"bytes-in-all", of([](const Numbers& n, const Config&) {
         return 2 * n[0] * n[2] * n[3] * 2 * n[4] * n[5];
       })},
      {"gib", of([](const Numbers& n, const Config&) { return n[1] / 1024 / 1024 / 1024; })},
      {"longest-context",
       [](const Reading& r) {  // memory, weights (rounded), ..., sequences
         const double room = r.numbers[0] - weights(r.model);
         return std::floor(room / (kv_bytes(r.model.model) * r.numbers.back()));
       }},
      {"gqa-bytes", of([](const Numbers& n, const Config&) { return n[0] / n[1]; })},
      {"flop-gain-step", of([](const Numbers& n, const Config& c) {
         return step(c, false, n[0]).total() / step(c, true, n[0]).total();
       })},
      {"flop-gain-run", of([](const Numbers& n, const Config& c) {
         return run(c, false, 1, n[0]).total() / run(c, true, 1, n[0]).total();
       })},
      {"one-token-out", of([](const Numbers& n, const Config& c) {
         return run(c, false, n[0], n[0]).total() / run(c, true, n[0], n[0]).total();
       })},
      {"few-tokens-out", of([](const Numbers& n, const Config& c) {  // prompt, answer
         const double last = n[0] + n[1] - 1;
         return run(c, false, n[0], last).total() / run(c, true, n[0], last).total();
       })},
      {"free-attention", of([](const Numbers& n, const Config& c) {
         return run(c, false, 1, n[0]).rest / run(c, true, 1, n[0]).rest;
       })},
      {"padded-run", of([](const Numbers& n, const Config& c) {  // tokens, rows of every step
         return n[0] * forward(c, 0, n[1]).total() / run(c, false, 1, n[0]).total();
       })},
      {"masked-share", of([](const Numbers& n, const Config&) {
         double masked = 0;
         for (double row = 0; row < n[0]; ++row) masked += n[0] - 1 - row;
         return masked / (n[0] * n[0]);
       })},
      {"rows-again",
       of([](const Numbers& n, const Config&) { return rows_computed(n[0], n[1], -1); })},
      {"row-in-prompt",
       of([](const Numbers& n, const Config&) { return rows_computed(n[0], n[1], n[2]); })},
      {"row-after-prompt",
       of([](const Numbers& n, const Config&) { return rows_computed(n[0], n[1], n[2]); })},
      {"bytes-read",
       [](const Reading& r) {
         return 1 + r.numbers[0] * kv_bytes(r.model.model) / weights(r.model);
       }},
      {"batch-bytes",
       [](const Reading& r) {  // sequences, tokens
         const double cache = r.numbers[1] * kv_bytes(r.model.model), w = weights(r.model);
         return (w + r.numbers[0] * cache) / (w + cache);
       }},
      {"batch-ridge", of([](const Numbers& n, const Config&) {  // FLOPs, bytes; of a weight: bytes
         return n[0] / n[1] * n[2] / 2;
       })},
      {"prefill-intensity", of([](const Numbers& n, const Config&) {  // tokens, bytes
         return 4 * n[0] * n[0] / (4 * n[0] * n[1]);
       })},
  };
  return all;
}

TEST(QuizAnswers, AreTheSameWhenComputedAnotherWay) {
  const app::Quiz& quiz = shipped_quiz();
  const int count = static_cast<int>(quiz.questions.size());
  std::map<std::string, int> compared;
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    for (int n = 0; n < count; ++n) {
      const AskedQuestion question = asked(quiz, seed, n);
      const auto found = answers().find(question.id);
      if (found == answers().end()) continue;
      const double computed = found->second(read(question));
      const double truth = question.values[static_cast<std::size_t>(question.right)];
      EXPECT_NEAR(computed, truth, 1e-6 * std::fabs(truth))
          << question.id << ": " << scene::plain_text(question.text);
      ++compared[question.id];
    }
  // All that are listed, every time; a question renamed would be left out silently.
  EXPECT_EQ(compared.size(), answers().size());
  for (const auto& [id, times] : compared) EXPECT_EQ(times, 40) << id;
}

}  // namespace
}  // namespace kv::test
