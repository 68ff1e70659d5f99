// Figures that others measured or claimed, each with whose it is. To stand beside ours, never to be
// computed with as if they were.
#pragma once

#include <array>
#include <string_view>

namespace kv::core {

struct PublishedFigure {
  const char* name;
  double value;  // as published: its digits are the source's
  // "seconds", "ratio", "percent", "flops", "bytes", "tokens_per_second", or what is counted:
  // "tokens", "pages", "values", "heads", "steps".
  const char* unit;
  const char* source;  // whose, and on which machine as far as that is stated
};

inline constexpr const char* attention_script_source =
    "output printed beside a script: one attention layer on random inputs, bf16, machine not "
    "stated; the uncached side first and without warm-up, no mask, no output projection";
inline constexpr const char* seven_b_notebook_source =
    "a notebook's measurement of a 7B model through a library, mean of 7 runs; machine not stated";
inline constexpr const char* seven_b_talk_source =
    "slides of a talk: rule of thumb for a 7B model with 16-bit values";
inline constexpr const char* small_desktop_source =
    "S. Raschka, LLMs-from-scratch, ch04/03_kv-cache: Mac Mini with an M4 chip, on its CPU; a "
    "model of GPT-2's size with untrained weights";
inline constexpr const char* eight_b_source =
    "slides of a talk on the KV cache: a claim about Llama 3 8B, machine not stated";
inline constexpr const char* paged_attention_source =
    "the vLLM project on PagedAttention, 2023 (arXiv 2309.06180): cache memory of serving systems";

inline constexpr std::array<PublishedFigure, 25> published_figures = {{
    {"attention-script.without-seconds", 1.9059, "seconds", attention_script_source},
    {"attention-script.with-seconds", 0.1579, "seconds", attention_script_source},
    {"attention-script.ratio", 12.1, "ratio", attention_script_source},
    {"attention-script.width", 4096, "values", attention_script_source},
    {"attention-script.heads", 32, "heads", attention_script_source},
    {"attention-script.steps", 128, "steps", attention_script_source},
    {"seven-b.without-seconds", 3.81, "seconds", seven_b_notebook_source},
    {"seven-b.with-seconds", 1.65, "seconds", seven_b_notebook_source},
    {"seven-b.without-spread", 0.124, "seconds", seven_b_notebook_source},
    {"seven-b.with-spread", 7.52e-3, "seconds", seven_b_notebook_source},
    {"seven-b.runs", 7, "runs", seven_b_notebook_source},
    {"seven-b.ratio", 2.3, "ratio", seven_b_notebook_source},
    {"seven-b.tokens", 100, "tokens", seven_b_notebook_source},
    {"seven-b.flops-per-token", 14e9, "flops", seven_b_talk_source},
    {"seven-b.bytes-per-token", 500'000, "bytes", seven_b_talk_source},
    {"small-desktop.without", 27, "tokens_per_second", small_desktop_source},
    {"small-desktop.with", 144, "tokens_per_second", small_desktop_source},
    {"small-desktop.tokens", 200, "tokens", small_desktop_source},
    {"eight-b.ratio", 500, "ratio", eight_b_source},
    {"eight-b.tokens", 100'000, "tokens", eight_b_source},
    {"pages.count", 150, "pages", "the same slides: A4, 12 pt, single line spacing"},
    {"pages.tokens", 100'000, "tokens", "the same slides: A4, 12 pt, single line spacing"},
    {"reserved.wasted-low", 60, "percent", paged_attention_source},
    {"reserved.wasted-high", 80, "percent", paged_attention_source},
    {"paged.wasted", 4, "percent", paged_attention_source},
}};

// nullptr when there is none of that name.
const PublishedFigure* find_published(std::string_view name);

}  // namespace kv::core
