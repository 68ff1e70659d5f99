#include "app/shell/command_line_bench.h"

#include <CLI/CLI.hpp>

#include "app/shell/command_line_options.h"
#include "app/shell/commands/bench.h"
#include "app/shell/commands/bench_growth.h"
#include "app/shell/thread_pool.h"

namespace kv::app {
namespace {

using Action = std::function<int()>;

const CLI::Range token_range(1, 1 << 20);

template <class Options>
void add_threads_and_json(CLI::App& app, Options& options) {
  app.add_option("--threads", options.threads, "threads (1)")
      ->check(CLI::Range(1, ThreadPool::most_threads));
  app.add_flag("--json", options.json, "one JSON object instead of text");
}

void add_attention(CLI::App& bench, Action& action) {
  auto* app = bench.add_subcommand("attention", "one attention layer with random weights");
  auto options = std::make_shared<BenchAttentionOptions>();
  app->add_option("--width", options->width, "width of the layer (4096)")
      ->check(CLI::Range(1, 16384));
  app->add_option("--heads", options->heads, "heads (32)")->check(CLI::Range(1, 256));
  app->add_option("--steps", options->steps, "tokens, from the first (128)")
      ->check(CLI::Range(1, 1 << 20));
  add_threads_and_json(*app, *options);
  app->callback([&action, options] { action = [options] { return bench_attention(*options); }; });
}

void add_model(CLI::App& bench, Action& action) {
  auto* app = bench.add_subcommand("model", "a whole model");
  auto options = std::make_shared<BenchModelOptions>();
  app->add_option("--model", options->model, model_help)->required();
  app->add_option("--tokens", options->tokens, "new tokens (100)")->check(token_range);
  app->add_option("--prompt-tokens", options->prompt_tokens, "tokens to begin with (1)")
      ->check(token_range);
  add_threads_and_json(*app, *options);
  app->callback([&action, options] { action = [options] { return bench_model(*options); }; });
}

void add_growth(CLI::App& bench, Action& action) {
  auto* app = bench.add_subcommand("growth", "how a step's time grows with its tokens");
  auto options = std::make_shared<BenchGrowthOptions>();
  app->add_option("--model", options->model, model_help)->required();
  app->add_option("--tokens", options->tokens, "tokens of the last step (256)")
      ->check(token_range);
  app->add_option("--prompt-tokens", options->prompt_tokens, "tokens of the first step (1)")
      ->check(token_range);
  add_threads_and_json(*app, *options);
  add_optional(*app, "--out", options->out, "also a plot: FILE.png or .svg");
  add_language(*app, options->language);
  add_theme(*app, options->theme);
  app->callback([&action, options] { action = [options] { return bench_growth(*options); }; });
}

}  // namespace

void add_bench(CLI::App& root, Action& action) {
  auto* bench = root.add_subcommand("bench", "time both sides on this machine");
  bench->require_subcommand(1);
  add_attention(*bench, action);
  add_model(*bench, action);
  add_growth(*bench, action);
}

}  // namespace kv::app
