#include <fmt/format.h>

#include "app/shell/atomic_file.h"
#include "app/shell/commands/decode.h"
#include "core/files/safetensors_writer.h"

namespace kv::app {
namespace {

using core::LayerRecord;
using core::TensorView;

template <class... Sizes>
core::TensorShape shape_of(Sizes... sizes) {
  return core::TensorShape{static_cast<std::uint64_t>(sizes)...};
}

void add_layer(std::vector<TensorView>& tensors, const LayerRecord& layer, int index,
               const core::ModelConfig& c, int rows) {
  const auto name = [&](const char* what) { return fmt::format("layers.{}.{}", index, what); };
  tensors.push_back({name("input"), shape_of(rows, c.d_model), layer.input});
  tensors.push_back({name("q"), shape_of(c.heads, rows, c.head_dim), layer.q});
  tensors.push_back({name("k"), shape_of(c.kv_heads, rows, c.head_dim), layer.k});
  tensors.push_back({name("v"), shape_of(c.kv_heads, rows, c.head_dim), layer.v});
  tensors.push_back({name("scores"), shape_of(c.heads, rows, rows), layer.scores});
  tensors.push_back({name("probs"), shape_of(c.heads, rows, rows), layer.probabilities});
  tensors.push_back({name("attention_output"), shape_of(rows, c.d_model), layer.attention_output});
  tensors.push_back({name("mlp_output"), shape_of(rows, c.d_model), layer.mlp_output});
}

}  // namespace

core::Status dump_decode(const Decoded& decoded, const std::string& path) {
  const core::Run& run = decoded.run;
  const core::ModelConfig& c = run.model->config;
  std::vector<core::Token> tokens = core::tokens_of(run);
  tokens.pop_back();  // the newest token has not been computed with
  const int rows = static_cast<int>(tokens.size());

  core::KvCache nothing;
  core::make_room(nothing, c, rows);
  core::Workspace work;
  core::Record record;
  const core::ForwardResult result =
      core::forward(*run.model, core::view_of(nothing), tokens, work,
                    {.logits = core::LogitRows::all, .keep_rows = false, .record = &record});

  std::vector<TensorView> tensors;
  tensors.push_back({"embed", shape_of(rows, c.d_model), record.embedding});
  for (int layer = 0; layer < c.layers; ++layer)
    add_layer(tensors, *record.layer(layer), layer, c, rows);
  tensors.push_back({"final_norm", shape_of(rows, c.d_model), record.final_norm});
  tensors.push_back({"logits", shape_of(rows, c.vocabulary), result.logits});
  std::vector<float> cached_logits;
  if (decoded.has_cached()) {
    for (const auto& step : run.steps)
      cached_logits.insert(cached_logits.end(), step->logits.begin(), step->logits.end());
    tensors.push_back({"cached_logits", shape_of(run.steps.size(), c.vocabulary), cached_logits});
  }

  AtomicFile file(path);
  const auto error = core::write_safetensors(
      tensors, [&](std::span<const std::byte> bytes) { return file.write(bytes); });
  if (error && error->kind == core::ErrorKind::internal) return error;
  return file.commit();
}

}  // namespace kv::app
