#include "tests/logic/quiz_reading.h"

#include <map>
#include <sstream>

#include "core/cost/presets.h"
#include "viz/scene/rich_text.h"

namespace kv::test {
namespace {

bool is_number(const std::string& word) {
  return !word.empty() && word.find_first_not_of("0123456789.,") == std::string::npos;
}

// "12.3 TFLOP/s" is 12.3e12.
double unit_of(const std::string& word) {
  static const std::map<char, double> prefixes = {
      {'k', 1e3}, {'M', 1e6}, {'G', 1e9}, {'T', 1e12}, {'P', 1e15}};
  const bool unit = word.size() > 1 && (word.substr(1).starts_with("FLOP") ||
                                        word.substr(1).starts_with("B/") || word.substr(1) == "B");
  const auto found = prefixes.find(word[0]);
  return unit && found != prefixes.end() ? found->second : 1;
}

}  // namespace

Reading read(const app::AskedQuestion& question) {
  Reading reading;
  reading.text = scene::plain_text(question.text);
  std::istringstream words(reading.text);
  bool after_number = false;
  for (std::string word; words >> word;) {
    while (!word.empty() && std::string_view("(),.;:?").find(word.back()) != std::string::npos)
      word.pop_back();
    while (!word.empty() && word.front() == '(') word.erase(0, 1);
    if (word.empty()) continue;
    if (after_number) reading.numbers.back() *= unit_of(word);
    after_number = is_number(word);
    if (const core::Preset* preset = core::find_preset(word)) reading.model = preset->cost;
    if (!after_number) continue;
    std::erase(word, ',');
    reading.numbers.push_back(std::stod(word));
  }
  return reading;
}

Flops operator+(Flops a, const Flops& b) {
  return {a.attention + b.attention, a.rest + b.rest, a.head + b.head};
}
Flops forward(const core::ModelConfig& c, double past, double rows) {
  const double d = c.d_model, q = c.heads * c.head_dim, kv = c.kv_heads * c.head_dim;
  const double matrices = c.family == core::Family::gpt2 ? 2 : 3;
  return {.attention = c.layers * 2 * (2 * q * rows * (past + rows)),
          .rest = c.layers * rows * 2 * (d * q + 2 * d * kv + q * d + matrices * d * c.ffn),
          .head = 2 * d * c.vocabulary};
}
Flops step(const core::ModelConfig& c, bool cached, double t) {
  return cached ? forward(c, t - 1, 1) : forward(c, 0, t);
}
Flops run(const core::ModelConfig& c, bool cached, double prompt, double n) {
  Flops sum = forward(c, 0, prompt);
  for (double t = prompt + 1; t <= n; ++t) sum = sum + step(c, cached, t);
  return sum;
}
double kv_bytes(const core::ModelConfig& c) {  // of a token, 16 bits
  return 2.0 * c.layers * c.kv_heads * c.head_dim * 2;
}
double weights(const core::CostConfig& cost) {  // in 16 bits
  return 2 * core::to_double(core::total_parameters(cost));
}

}  // namespace kv::test
