// Every value of every tensor lands where forward() looks for it.
#include "core/model/load_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <set>
#include <thread>

#include "app/shell/thread_pool.h"
#include "core/files/half.h"
#include "tests/support/tiny_models.h"

namespace kv::core {
namespace {

using test::FolderOptions;
using test::memory_folder;
using test::model_files;
using test::StoredTensor;

// The tensors of a folder as the test made them, decoded here.
class Expected {
 public:
  Expected(const ModelConfig& config, const FolderOptions& options)
      : tensors_(test::random_tensors(config, options)) {}

  float at(const std::string& name, std::size_t row, std::size_t column = 0) const {
    const StoredTensor& tensor = *std::find_if(
        tensors_.begin(), tensors_.end(), [&](const StoredTensor& t) { return t.name == name; });
    const std::size_t columns = tensor.shape.rank == 2 ? tensor.shape.sizes[1] : 1;
    const std::size_t index = row * columns + column;
    float value = 0;
    std::uint16_t half = 0;
    if (tensor.dtype == DType::f32) {
      std::memcpy(&value, tensor.bytes.data() + 4 * index, 4);
      return value;
    }
    std::memcpy(&half, tensor.bytes.data() + 2 * index, 2);
    return tensor.dtype == DType::f16 ? from_f16(half) : from_bf16(half);
  }

 private:
  std::vector<StoredTensor> tensors_;
};

std::size_t wide(int value) { return static_cast<std::size_t>(value); }

// `rows` rows of `matrix` from `first` are the tensor, as it is stored.
void expect_rows(const Matrix& matrix, int first, int rows, const Expected& expected,
                 const std::string& name) {
  ASSERT_LE(first + rows, matrix.out);
  for (std::size_t o = 0; o < wide(rows); ++o)
    for (std::size_t i = 0; i < wide(matrix.in); ++i)
      ASSERT_EQ(matrix.data[(wide(first) + o) * wide(matrix.in) + i], expected.at(name, o, i))
          << name << ' ' << o << ' ' << i;
}

// The whole matrix is the tensor, stored [in, out].
void expect_transposed(const Matrix& matrix, int out, int in, const Expected& expected,
                       const std::string& name) {
  ASSERT_EQ(matrix.out, out);
  ASSERT_EQ(matrix.in, in);
  for (std::size_t o = 0; o < wide(out); ++o)
    for (std::size_t i = 0; i < wide(in); ++i)
      ASSERT_EQ(matrix.data[o * wide(in) + i], expected.at(name, i, o)) << name;
}

void expect_vector(const float* vector, int size, const Expected& expected,
                   const std::string& name) {
  ASSERT_NE(vector, nullptr) << name;
  for (std::size_t i = 0; i < wide(size); ++i) ASSERT_EQ(vector[i], expected.at(name, i)) << name;
}

void expect_llama(const Model& model, const Expected& expected) {
  const ModelConfig& c = model.config;
  const int q = c.q_width(), kv = c.kv_width();
  expect_rows(model.token_embedding, 0, c.vocabulary, expected, "model.embed_tokens.weight");
  ASSERT_EQ(model.layers.size(), wide(c.layers));
  for (std::size_t l = 0; l < model.layers.size(); ++l) {
    const LayerWeights& layer = model.layers[l];
    const std::string at = "model.layers." + std::to_string(l) + ".";
    expect_vector(layer.attention_norm.gain, c.d_model, expected, at + "input_layernorm.weight");
    EXPECT_EQ(layer.attention_norm.bias, nullptr);
    ASSERT_EQ(layer.qkv.out, q + 2 * kv);
    expect_rows(layer.qkv, 0, q, expected, at + "self_attn.q_proj.weight");
    expect_rows(layer.qkv, q, kv, expected, at + "self_attn.k_proj.weight");
    expect_rows(layer.qkv, q + kv, kv, expected, at + "self_attn.v_proj.weight");
    expect_rows(layer.output, 0, c.d_model, expected, at + "self_attn.o_proj.weight");
    ASSERT_EQ(layer.output.in, q);
    expect_vector(layer.mlp_norm.gain, c.d_model, expected, at + "post_attention_layernorm.weight");
    ASSERT_EQ(layer.up.out, 2 * c.ffn);
    expect_rows(layer.up, 0, c.ffn, expected, at + "mlp.gate_proj.weight");
    expect_rows(layer.up, c.ffn, c.ffn, expected, at + "mlp.up_proj.weight");
    expect_rows(layer.down, 0, c.d_model, expected, at + "mlp.down_proj.weight");
    ASSERT_EQ(layer.down.in, c.ffn);
    EXPECT_EQ(layer.qkv_bias != nullptr, c.qkv_bias);
    EXPECT_EQ(layer.output_bias != nullptr, c.output_bias);
    EXPECT_EQ(layer.up_bias != nullptr, c.mlp_bias);
    EXPECT_EQ(layer.down_bias != nullptr, c.mlp_bias);
    if (!c.qkv_bias) continue;
    expect_vector(layer.qkv_bias, q, expected, at + "self_attn.q_proj.bias");
    expect_vector(layer.qkv_bias + q, kv, expected, at + "self_attn.k_proj.bias");
    expect_vector(layer.qkv_bias + q + kv, kv, expected, at + "self_attn.v_proj.bias");
    expect_vector(layer.output_bias, c.d_model, expected, at + "self_attn.o_proj.bias");
    expect_vector(layer.up_bias, c.ffn, expected, at + "mlp.gate_proj.bias");
    expect_vector(layer.up_bias + c.ffn, c.ffn, expected, at + "mlp.up_proj.bias");
    expect_vector(layer.down_bias, c.d_model, expected, at + "mlp.down_proj.bias");
  }
  expect_vector(model.final_norm.gain, c.d_model, expected, "model.norm.weight");
  EXPECT_EQ(model.position_embedding.data, nullptr);
  EXPECT_EQ(model.rope_frequencies, rope_frequencies(c));
}

void expect_gpt2(const Model& model, const Expected& expected) {
  const ModelConfig& c = model.config;
  const int d = c.d_model;
  expect_rows(model.token_embedding, 0, c.vocabulary, expected, "transformer.wte.weight");
  expect_rows(model.position_embedding, 0, c.context_length, expected, "transformer.wpe.weight");
  ASSERT_EQ(model.layers.size(), wide(c.layers));
  for (std::size_t l = 0; l < model.layers.size(); ++l) {
    const LayerWeights& layer = model.layers[l];
    const std::string at = "transformer.h." + std::to_string(l) + ".";
    expect_vector(layer.attention_norm.gain, d, expected, at + "ln_1.weight");
    expect_vector(layer.attention_norm.bias, d, expected, at + "ln_1.bias");
    expect_transposed(layer.qkv, 3 * d, d, expected, at + "attn.c_attn.weight");
    expect_vector(layer.qkv_bias, 3 * d, expected, at + "attn.c_attn.bias");
    expect_transposed(layer.output, d, d, expected, at + "attn.c_proj.weight");
    expect_vector(layer.output_bias, d, expected, at + "attn.c_proj.bias");
    expect_vector(layer.mlp_norm.gain, d, expected, at + "ln_2.weight");
    expect_vector(layer.mlp_norm.bias, d, expected, at + "ln_2.bias");
    expect_transposed(layer.up, c.ffn, d, expected, at + "mlp.c_fc.weight");
    expect_vector(layer.up_bias, c.ffn, expected, at + "mlp.c_fc.bias");
    expect_transposed(layer.down, d, c.ffn, expected, at + "mlp.c_proj.weight");
    expect_vector(layer.down_bias, d, expected, at + "mlp.c_proj.bias");
  }
  expect_vector(model.final_norm.gain, d, expected, "transformer.ln_f.weight");
  expect_vector(model.final_norm.bias, d, expected, "transformer.ln_f.bias");
  EXPECT_TRUE(model.rope_frequencies.empty());
}

const std::vector<FolderOptions> all_options = {
    {.seed = 11},
    {.seed = 12, .dtype = DType::bf16},
    {.seed = 13, .dtype = DType::f16, .shards = 3},
};

TEST(LoadModel, LlamaLayout) {
  for (const FolderOptions& options : all_options) {
    for (const bool biased : {false, true}) {
      ModelConfig config = test::tiny_llama();
      config.qkv_bias = config.output_bias = config.mlp_bias = biased;
      const auto model = test::tiny_model(config, options);
      const Expected expected(config, options);
      expect_llama(*model, expected);
      ASSERT_NE(model->head.data, model->token_embedding.data);
      expect_rows(model->head, 0, config.vocabulary, expected, "lm_head.weight");
    }
  }
}

TEST(LoadModel, Gpt2Layout) {
  for (const FolderOptions& options : all_options) {
    const auto model = test::tiny_model(test::tiny_gpt2(), options);
    expect_gpt2(*model, Expected(test::tiny_gpt2(), options));
    EXPECT_EQ(model->head.data, model->token_embedding.data);
    EXPECT_EQ(model->head.out, model->config.vocabulary);
  }
}

// Larger than one part of the stream, and no multiple of it, rows of several tiles.
TEST(LoadModel, TensorsOfSeveralParts) {
  ModelConfig config = test::tiny_gpt2();
  config.layers = 1;
  config.d_model = 612;
  config.heads = config.kv_heads = 9;
  config.head_dim = 68;
  config.ffn = 1801;
  config.vocabulary = 1000;
  for (const DType dtype : {DType::f32, DType::f16}) {
    const FolderOptions options{.seed = 14, .dtype = dtype};
    expect_gpt2(*test::tiny_model(config, options), Expected(config, options));
  }
}

TEST(LoadModel, PiecesAreAlignedAndApart) {
  ModelConfig biased = test::tiny_llama();
  biased.qkv_bias = biased.output_bias = biased.mlp_bias = true;
  for (const ModelConfig& config : {test::tiny_llama(), biased, test::tiny_gpt2()}) {
    const Model model = allocate_model(config, "m");
    std::vector<const float*> pieces = {model.token_embedding.data, model.final_norm.gain,
                                        model.final_norm.bias, model.position_embedding.data};
    for (const LayerWeights& l : model.layers)
      pieces.insert(pieces.end(),
                    {l.attention_norm.gain, l.attention_norm.bias, l.qkv.data, l.qkv_bias,
                     l.output.data, l.output_bias, l.mlp_norm.gain, l.mlp_norm.bias, l.up.data,
                     l.up_bias, l.down.data, l.down_bias});
    std::erase(pieces, nullptr);
    if (!config.tied_head) pieces.push_back(model.head.data);
    const float* end = model.slab.data() + model.slab.size();
    for (const float* piece : pieces) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(piece) % slab_alignment, 0u);
      EXPECT_GE(piece, model.slab.data());
      EXPECT_LT(piece, end);
    }
    EXPECT_EQ(std::set<const float*>(pieces.begin(), pieces.end()).size(), pieces.size());
    EXPECT_EQ(model_bytes(config), model.slab.size() * sizeof(float));
    EXPECT_GE(Uint128{model_bytes(config)}, parameter_count(config) * 4);
    EXPECT_LE(Uint128{model_bytes(config)}, parameter_count(config) * 4 + pieces.size() * 60);
  }
}

TEST(LoadModel, GapsBetweenPiecesAreZero) {
  Model model = allocate_model(test::tiny_llama(), "m");  // pieces of 220, 20, ... floats
  const float* gap = model.token_embedding.data + 220;
  EXPECT_EQ(gap[0], 0.0f);
  EXPECT_EQ(gap[aligned_count(220) - 220 - 1], 0.0f);
}

TEST(LoadModel, MovingKeepsThePointers) {
  Model model = allocate_model(test::tiny_llama(), "m");
  const float* norm = model.final_norm.gain;
  writable(model, norm)[3] = 5;
  const Model moved = std::move(model);
  EXPECT_EQ(moved.final_norm.gain, norm);
  EXPECT_EQ(moved.final_norm.gain[3], 5);
}

TEST(LoadModel, NameIsTheFolder) {
  const auto model = load_model(memory_folder(model_files(test::tiny_gpt2()), "some/where"), {});
  ASSERT_TRUE(model);
  EXPECT_EQ((*model)->name, "some/where");
}

TEST(LoadModel, ProgressRisesToOne) {
  std::vector<double> shares;
  LoadOptions options;
  options.progress = [&](double share) {
    shares.push_back(share);
    return true;
  };
  ASSERT_TRUE(load_model(memory_folder(model_files(test::tiny_llama())), options));
  ASSERT_FALSE(shares.empty());
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_GT(shares.front(), 0);
  EXPECT_EQ(shares.back(), 1);
}

TEST(LoadModel, CanBeAbandoned) {
  int calls = 0;
  LoadOptions options;
  options.progress = [&](double) { return ++calls < 3; };
  const auto model = load_model(memory_folder(model_files(test::tiny_llama()), "x"), options);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().message, "x: loading was cancelled");
  EXPECT_EQ(calls, 3);
}

// A file that becomes shorter between the check of its header and the reading of its weights.
TEST(LoadModel, FileCutShortWhileReading) {
  Folder folder = memory_folder(model_files(test::tiny_llama()));
  const auto read = folder.read;
  folder.read = [read](std::string_view name, std::uint64_t offset, std::span<std::byte> out) {
    if (offset > 8) return Status(input_error("folder/model.safetensors", "", "its end", "more"));
    return read(name, offset, out);
  };
  const auto model = load_model(folder, {});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().message, "folder/model.safetensors: found its end, expected more");
}

TEST(LoadModel, SeveralThreadsReadTheSame) {
  for (const auto& config : {test::tiny_gpt2(), test::tiny_llama()}) {
    const Folder folder = memory_folder(model_files(config));
    const auto alone = load_model(folder, {});
    app::ThreadPool pool(3);
    int calls = 0;
    const auto together = load_model(
        folder, {.progress = [&](double) { return ++calls > 0; }, .parallel = &pool});
    ASSERT_TRUE(alone);
    ASSERT_TRUE(together);
    const auto expected = (*alone)->slab.span(), found = (*together)->slab.span();
    EXPECT_TRUE(std::ranges::equal(found, expected));
  }
}

// However the threads take turns: what is told of is what stands first in the file.
TEST(LoadModel, SeveralThreadsTellOfTheFirstMistake) {
  Folder folder = memory_folder(model_files(test::tiny_llama()));
  const auto read = folder.read;
  std::atomic<int> reads = 0;
  folder.read = [&, read](std::string_view name, std::uint64_t offset, std::span<std::byte> out) {
    if (name != "model.safetensors" || offset <= 8) return read(name, offset, out);
    if (reads++ == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return Status(input_error("model.safetensors", std::to_string(offset), "nothing", "more"));
  };
  const auto alone = load_model(folder, {});
  ASSERT_FALSE(alone);
  app::ThreadPool pool(3);
  for (int i = 0; i < 20; ++i) {
    reads = 0;
    const auto together = load_model(folder, {.parallel = &pool});
    ASSERT_FALSE(together);
    EXPECT_EQ(together.error().message, alone.error().message);
  }
}

TEST(LoadModel, ConfigAlone) {
  test::Files files = model_files(test::tiny_gpt2());
  files.erase("model.safetensors");
  const auto config = load_config(memory_folder(files));
  ASSERT_TRUE(config);
  EXPECT_EQ(*config, test::tiny_gpt2());
}

}  // namespace
}  // namespace kv::core
