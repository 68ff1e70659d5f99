#include "app/shell/command_line.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/shell/command_line_bench.h"
#include "app/shell/command_line_exam.h"
#include "app/shell/command_line_options.h"
#include "app/shell/command_line_pictures.h"
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

// Returns what is to be settled once the whole line was read.
std::function<void()> add_sampling(CLI::App& app, core::Sampling& sampling) {
  auto* temperature =
      app.add_option("--temperature", sampling.temperature, "0: greedy (default); above: sample");
  auto* top_k = app.add_option("--top-k", sampling.top_k, "sample from the K most likely tokens");
  auto* top_p = app.add_option("--top-p", sampling.top_p,
                               "sample from the fewest tokens that reach probability P");
  app.add_option("--seed", sampling.seed, "of the random numbers");
  return [=, &sampling] {
    // Asking for the shape of a distribution asks for sampling from it.
    if (temperature->count() == 0 && top_k->count() + top_p->count() > 0) sampling.temperature = 1;
  };
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
  const auto settle_sampling = add_sampling(*app, options->sampling);
  app->add_flag("--json", options->json, "one JSON object instead of tables");
  app->add_option("--csv", options->csv, "also write one row per step to this file");
  app->add_option("--dump", options->dump, "also write every intermediate tensor (safetensors)");
  app->callback([&action, options, settle_sampling] {
    settle_sampling();
    action = [options] { return decode(*options); };
  });
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

constexpr const char* version_text = "kvscope " KVSCOPE_VERSION;

std::string refusal(std::string_view found, const char* expected) {
  return "found " + core::quoted(found) + ", expected " + expected;
}

// Decimal digits and no leading zeros, which CLI11 would read as octal; a sign where the type has
// one. Empty, or what is wrong.
template <class Integer>
std::string check_whole(const std::string& text) {
  Integer number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  const std::string_view digits = std::string_view(text).substr(text.starts_with('-') ? 1 : 0);
  const bool leading_zero = digits.size() > 1 && digits.starts_with('0');
  if (read.ec == std::errc::invalid_argument || read.ptr != end || leading_zero)
    return refusal(text, std::is_signed_v<Integer> ? "a whole number" : "a whole number from 0 up");
  if (read.ec == std::errc()) return {};
  return refusal(text, std::is_signed_v<Integer> ? "a whole number of at most 18 digits"
                                                 : "a whole number of at most 19 digits");
}

std::string check_real(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  const bool good = read.ec == std::errc() && read.ptr == end && std::isfinite(number);
  return good ? std::string() : refusal(text, "a number");
}

// Before any range is looked at: CLI11 itself takes "010", "0x10", "", "nan" and, unsigned, "-1".
void be_strict(CLI::Option& option) {
  const std::string named = option.get_type_name();
  const std::string type = named.substr(0, named.find(':'));
  const auto check_first = [&](std::string (*check)(const std::string&)) {
    option.transform(CLI::Validator([check](std::string& text) { return check(text); }, ""));
  };
  if (type == "INT") check_first(check_whole<std::int64_t>);
  if (type == "UINT") check_first(check_whole<std::uint64_t>);
  if (type == "FLOAT") check_first(check_real);
}

// What holds for every command and every option, whoever declared them.
void finish(CLI::App& app) {
  for (CLI::Option* option : app.get_options([](CLI::Option*) { return true; })) be_strict(*option);
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    if (!command->get_name().empty())  // option groups have none
      command->set_version_flag("--version", version_text);
    finish(*command);
  }
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  watch_for_interrupt();
  CLI::App app("kvscope shows how the KV cache of transformers works by running one.", "kvscope");
  app.set_version_flag("--version", version_text);
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
  finish(app);
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
