#include "app/shell/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "app/shell/command_line_exam.h"
#include "app/shell/command_line_options.h"
#include "app/shell/command_line_pictures.h"
#include "app/shell/commands/bench.h"
#include "app/shell/commands/check.h"
#include "app/shell/commands/count.h"
#include "app/shell/commands/decode.h"
#include "app/shell/commands/list.h"
#include "app/shell/commands/tokenize.h"
#include "app/shell/interrupt.h"
#include "app/shell/outcome.h"

namespace kv::app {
namespace {

// A command fills its options while the line is parsed; what is to run is decided afterwards.
using Action = std::function<int()>;

void add_sampling(CLI::App& app, core::Sampling& sampling) {
  auto* temperature =
      app.add_option("--temperature", sampling.temperature, "0: greedy (default); above: sample");
  auto* top_k = app.add_option("--top-k", sampling.top_k, "sample from the K most likely tokens");
  auto* top_p = app.add_option("--top-p", sampling.top_p,
                               "sample from the fewest tokens that reach probability P");
  app.add_option("--seed", sampling.seed, "of the random numbers");
  app.final_callback([=, &sampling] {
    // Asking for the shape of a distribution asks for sampling from it.
    if (temperature->count() == 0 && top_k->count() + top_p->count() > 0) sampling.temperature = 1;
  });
}

void add_decode(CLI::App& root, Action& action) {
  auto* app = root.add_subcommand("decode", "decode with and without the cache, step by step");
  auto options = std::make_shared<DecodeOptions>();
  app->add_option("--model", options->model, model_help)->required();
  auto* prompt = app->add_option_group("prompt", "what to begin with, one of");
  add_optional(*prompt, "--prompt", options->prompt, "text");
  add_optional(*prompt, "--tokens", options->tokens, "token ids, such as 1,2,3");
  prompt->require_option(1);
  app->add_option_function<int>(
         "--steps", [options](const int& steps) { options->steps = steps; }, "new tokens (16)")
      ->check(CLI::Range(1, 1 << 20));
  app->add_flag("--stop", options->stop, "end at the model's end token");
  add_choice<Sides>(*app, "--cache", options->sides, "on, off or both (default)",
                    {{"on", Sides::cached}, {"off", Sides::uncached}, {"both", Sides::both}});
  add_sampling(*app, options->sampling);
  app->add_flag("--json", options->json, "one JSON object instead of tables");
  app->add_option("--csv", options->csv, "also write one row per step to this file");
  app->add_option("--dump", options->dump, "also write every intermediate tensor (safetensors)");
  app->callback([&action, options] { action = [options] { return decode(*options); }; });
}

void add_count(CLI::App& root, Action& action) {
  auto* app = root.add_subcommand("count", "FLOPs and bytes of a run, from the sizes alone");
  auto options = std::make_shared<CountOptions>();
  auto* subject = app->add_option_group("subject", "what to count, one of");
  subject->add_option("--model", options->model, model_help);
  subject->add_option("--preset", options->preset, "a published model, see: list presets");
  subject->add_option("--config", options->config, "a config.json");
  subject->require_option(1);
  app->add_option("--length", options->lengths, "tokens at the end, such as 128,1024")->required();
  app->add_option("--prompt-tokens", options->prompt_tokens, "tokens at the start (1)");
  app->add_option("--batch", options->batch, "sequences at once (1)");
  app->add_option("--kv-dtype", options->kv_dtype,
                  "f32, f16, bf16, int8 or int4 (f16 for presets, else f32)");
  add_choice<bool>(*app, "--logits", options->all_logits, "last (default) or all rows",
                   {{"last", false}, {"all", true}});
  app->add_flag("--json", options->json, "one JSON object instead of tables");
  app->callback([&action, options] { action = [options] { return count(*options); }; });
}

void add_bench(CLI::App& root, Action& action) {
  auto* bench = root.add_subcommand("bench", "time both sides on this machine");
  bench->require_subcommand(1);
  const CLI::Range threads(1, ThreadPool::most_threads);

  auto* attention = bench->add_subcommand("attention", "one attention layer with random weights");
  auto layer = std::make_shared<BenchAttentionOptions>();
  attention->add_option("--width", layer->width, "width of the layer (4096)")
      ->check(CLI::Range(1, 16384));
  attention->add_option("--heads", layer->heads, "heads (32)")->check(CLI::Range(1, 256));
  attention->add_option("--steps", layer->steps, "tokens, from the first (128)")
      ->check(CLI::Range(1, 1 << 20));
  attention->add_option("--threads", layer->threads, "threads (1)")->check(threads);
  attention->add_flag("--json", layer->json, "one JSON object instead of text");
  attention->callback([&action, layer] { action = [layer] { return bench_attention(*layer); }; });

  auto* model = bench->add_subcommand("model", "a whole model");
  auto whole = std::make_shared<BenchModelOptions>();
  model->add_option("--model", whole->model, model_help)->required();
  model->add_option("--tokens", whole->tokens, "new tokens (100)")->check(CLI::Range(1, 1 << 20));
  model->add_option("--prompt-tokens", whole->prompt_tokens, "tokens to begin with (1)")
      ->check(CLI::Range(1, 1 << 20));
  model->add_option("--threads", whole->threads, "threads (1)")->check(threads);
  model->add_flag("--json", whole->json, "one JSON object instead of text");
  model->callback([&action, whole] { action = [whole] { return bench_model(*whole); }; });
}

void add_tokenize(CLI::App& root, Action& action) {
  auto* app = root.add_subcommand("tokenize", "the ids of a text, one JSON array");
  auto options = std::make_shared<TokenizeOptions>();
  app->add_option("--model", options->model, "a folder with a tokenizer.json, or a built-in name")
      ->required();
  auto* text = app->add_option_group("input", "one of");
  add_optional(*text, "--text", options->text, "the text itself");
  add_optional(*text, "--file", options->file, "a UTF-8 file");
  text->require_option(1);
  app->callback([&action, options] { action = [options] { return tokenize(*options); }; });
}

void add_check(CLI::App& root, Action& action) {
  auto* app = root.add_subcommand("check", "whether model folders, lessons and sessions are valid, or why not");
  auto paths = std::make_shared<std::vector<std::string>>();
  app->add_option("path", *paths, "model folders, session files, folders of lessons")->required();
  app->callback([&action, paths] { action = [paths] { return check(*paths); }; });
}

void add_list(CLI::App& root, Action& action) {
  auto* app = root.add_subcommand("list", "what there is by name");
  auto what = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  app->add_option("what", *what, "models, lessons, presets or languages")
      ->required()
      ->check(CLI::IsMember({"models", "lessons", "presets", "languages"}));
  app->add_flag("--json", *json, "a JSON array instead of a table");
  app->callback([&action, what, json] { action = [what, json] { return list(*what, *json); }; });
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  watch_for_interrupt();
  CLI::App app("kvscope shows how the KV cache of transformers works by running one.", "kvscope");
  app.set_version_flag("--version", "kvscope " KVSCOPE_VERSION);
  app.require_subcommand(0, 1);
  app.footer(
      "Exit codes: 0 done, 1 internal failure, 2 wrong usage, 3 this machine cannot, 4 bad input "
      "file, 130 interrupted.");
  Action action;
  add_gui(app, action);
  add_render(app, action);
  add_decode(app, action);
  add_count(app, action);
  add_bench(app, action);
  add_exam(app, action);
  add_tokenize(app, action);
  add_check(app, action);
  add_list(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::Error& error) {
    return fail({core::ErrorKind::usage, std::string(error.what()) + "; see kvscope --help"});
  }
  try {
    return action();
  } catch (const std::bad_alloc&) {
    return fail({core::ErrorKind::machine, "out of memory"});
  } catch (const std::exception& error) {
    return fail({core::ErrorKind::internal, error.what()});
  }
}

}  // namespace kv::app
