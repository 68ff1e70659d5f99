// What looks odd and is allowed: these load, with the weights they should have.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "tests/malformed/broken_folder.h"

namespace kv::test {
namespace {

using nlohmann::json;

std::vector<float> weights_of(const std::shared_ptr<const core::Model>& model) {
  if (model == nullptr) return {};
  const auto span = model->slab.span();
  return {span.begin(), span.end()};
}

// Loads, and every weight is as in the folder `good`.
void expect_same_weights(const Files& files, const Files& good) {
  const auto weights = weights_of(expect_loads(files));
  EXPECT_FALSE(weights.empty());
  EXPECT_EQ(weights, weights_of(expect_loads(good)));
}

StoredTensor extra(const std::string& name, core::DType dtype, core::TensorShape shape,
                   std::size_t bytes) {
  return {name, dtype, shape, std::string(bytes, '\xFF')};
}

TEST(NearMiss, BaseFoldersLoad) {
  expect_loads(good_llama());
  expect_loads(good_gpt2());
  expect_loads(good_shards());
}

TEST(NearMiss, HeaderOfAnyLengthLoadsWithUnalignedData) {
  const Files good = good_llama();
  const std::string header = header_of(good.at(weights_name));
  const std::string bare = header.substr(0, header.find_last_of('}') + 1);
  for (std::size_t padding = 0; padding < 9; ++padding) {
    SCOPED_TRACE(padding);
    expect_same_weights(with_header_text(good, bare + std::string(padding, ' ')), good);
  }
}

TEST(NearMiss, TensorsNobodyNeedsAreIgnored) {
  const FolderOptions options{.seed = 3};
  const auto files = with_tensors(
      tiny_llama(),
      [](std::vector<StoredTensor>& tensors) {
        using core::DType;
        const auto at = tensors.begin() + 3;
        tensors.insert(
            at, {extra("model.layers.0.self_attn.rotary_emb.inv_freq", DType::f32, {2}, 8),
                 extra("empty", DType::f32, {0}, 0),
                 extra("empty_among_many", DType::u8, {7, 0, std::uint64_t{1} << 40}, 0),
                 extra("scalar", DType::i64, {}, 8), extra("mask", DType::boolean, {3}, 3),
                 extra("wide", DType::f64, {2}, 16), extra("complex", DType::c64, {1}, 8),
                 extra("nibbles", DType::f4, {2, 3}, 3), extra("six", DType::f6_e2m3, {4}, 3),
                 extra("rank_8", DType::u8, {1, 1, 1, 1, 1, 1, 1, 5}, 5),
                 extra("model.layers.7.self_attn.q_proj.weight", DType::f32, {1}, 4),
                 extra(std::string(512, 'n'), DType::u16, {1}, 2),
                 extra("\u043C\u0438\u0440/../\u4E2D", DType::u8, {1}, 1)});
        tensors.insert(tensors.begin(), extra("empty_first", DType::i32, {0, 0}, 0));
        tensors.push_back(extra("empty_last", DType::bf16, {0}, 0));
      },
      options);
  expect_same_weights(files, good_llama());
}

TEST(NearMiss, Gpt2MaskBuffersAreIgnored) {
  const auto files =
      with_tensors(tiny_gpt2(),
                   [](std::vector<StoredTensor>& tensors) {
                     tensors.push_back(extra("transformer.h.0.attn.bias", core::DType::boolean,
                                             {1, 1, 10, 10}, 100));
                     tensors.push_back(extra("h.1.attn.masked_bias", core::DType::f32, {}, 4));
                   },
                   {.seed = 4});
  expect_same_weights(files, good_gpt2());
}

TEST(NearMiss, SixtyFiveThousandTensorsAreAllowed) {
  const Files good = good_llama();
  const auto files = with_header(good, [](json& header) {
    for (std::size_t i = header.size(); i < 65536; ++i)
      header["x" + std::to_string(i)] = {
          {"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
  });
  expect_same_weights(files, good);
}

TEST(NearMiss, MetadataOfStringsIsIgnored) {
  const Files good = good_llama();
  expect_same_weights(with_header(good,
                                  [](json& h) {
                                    h["__metadata__"] = {{"format", "pt"}, {"", "\n"}};
                                  }),
                      good);
  expect_same_weights(with_header(good, [](json& h) { h["__metadata__"] = json::object(); }), good);
}

TEST(NearMiss, NamesWithAndWithoutPrefix) {
  expect_same_weights(model_files(tiny_llama(), {.seed = 3, .prefix = false}), good_llama());
  expect_same_weights(model_files(tiny_gpt2(), {.seed = 4, .prefix = false}), good_gpt2());
  const auto mixed = with_tensors(
      tiny_llama(),
      [](auto& tensors) { tensor_named(tensors, "model.norm.weight").name = "norm.weight"; },
      {.seed = 3});
  expect_same_weights(mixed, good_llama());
}

TEST(NearMiss, TiedHeadMayBeStoredUnderEitherName) {
  for (core::ModelConfig config : {tiny_llama(), tiny_gpt2()}) {
    config.tied_head = true;
    const bool gpt2 = config.family == core::Family::gpt2;
    const std::string embedding = gpt2 ? "transformer.wte.weight" : "model.embed_tokens.weight";
    const Files good = model_files(config);
    expect_same_weights(with_tensors(config,
                                     [&](auto& tensors) {
                                       tensor_named(tensors, embedding).name = "lm_head.weight";
                                     }),
                        good);
    // Both stored: the embedding is what counts, whatever the other is.
    const auto both = with_tensors(config, [&](auto& tensors) {
      tensors.push_back(extra("lm_head.weight", core::DType::f32, {3}, 12));
    });
    expect_same_weights(both, good);
    const auto model = expect_loads(both);
    ASSERT_NE(model, nullptr);
    EXPECT_EQ(model->head.data, model->token_embedding.data);
  }
}

TEST(NearMiss, UntiedGpt2) {
  core::ModelConfig config = tiny_gpt2();
  config.tied_head = false;
  const auto model = expect_loads(model_files(config));
  ASSERT_NE(model, nullptr);
  EXPECT_NE(model->head.data, model->token_embedding.data);
}

TEST(NearMiss, ShardsInAnyNumber) {
  for (const int shards : {2, 5, 21})
    expect_same_weights(model_files(tiny_llama(), {.seed = 3, .shards = shards}), good_llama());
}

TEST(NearMiss, OneFileWinsOverAnIndex) {
  expect_same_weights(with_file(good_llama(), index_name, "junk"), good_llama());
}

TEST(NearMiss, TensorThatOnlyItsShardKnows) {
  const Files good = good_shards();
  json index = json::parse(good.at(index_name));
  index["weight_map"].erase("model.norm.weight");
  expect_same_weights(with_file(good, index_name, index.dump()), good);
}

TEST(NearMiss, EmbeddingTypeIsWhatTheFileStores) {
  const auto model = expect_loads(with_config(
      model_files(tiny_llama(), {.dtype = core::DType::f16}), "torch_dtype", "bfloat16"));
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->config.stored, core::WeightType::f16);
}

struct Spelling {
  const char* name;
  Files files;
  Files same_as;
};

std::vector<Spelling> spellings() {
  const Files llama = good_llama(), gpt2 = good_gpt2();
  const auto renamed = [](Files files, const char* from, const char* to) {
    json config = json::parse(files[config_name]);
    config[to] = config.at(from);
    config.erase(from);
    files[config_name] = config.dump();
    return files;
  };
  core::ModelConfig square = tiny_llama();
  square.d_model = 16;
  const Files square_files = model_files(square);
  core::ModelConfig many = tiny_llama();
  many.kv_heads = many.heads;
  const Files many_files = model_files(many);
  Files generic = gpt2;
  generic = renamed(generic, "n_layer", "num_hidden_layers");
  generic = renamed(generic, "n_embd", "hidden_size");
  generic = renamed(generic, "n_head", "num_attention_heads");
  generic = renamed(generic, "n_positions", "max_position_embeddings");
  const json newer = {{"rope_type", "default"}, {"rope_theta", 10000}};
  return {
      {"rope_theta_absent", without_config(llama, "rope_theta"), llama},
      {"rope_theta_integer", with_config(llama, "rope_theta", 10000), llama},
      {"rope_scaling_absent", without_config(llama, "rope_scaling"), llama},
      {"rope_scaling_default", with_config(llama, "rope_scaling", {{"type", "default"}}), llama},
      {"rope_parameters",
       with_config(without_config(without_config(llama, "rope_theta"), "rope_scaling"),
                   "rope_parameters", newer),
       llama},
      {"both_rope_spellings", with_config(llama, "rope_parameters", newer), llama},
      {"rope_parameters_empty", with_config(llama, "rope_parameters", json::object()), llama},
      {"partial_rotary_1", with_config(llama, "partial_rotary_factor", 1.0), llama},
      {"dtype", renamed(llama, "torch_dtype", "dtype"), llama},
      {"dtype_absent", without_config(llama, "torch_dtype"), llama},
      {"activation_swish", with_config(llama, "hidden_act", "swish"), llama},
      {"activation_absent", without_config(llama, "hidden_act"), llama},
      {"architectures_absent", without_config(llama, "architectures"), llama},
      {"architectures_null", with_config(llama, "architectures", nullptr), llama},
      {"architectures_empty", with_config(llama, "architectures", json::array()), llama},
      {"architecture_bare", with_config(llama, "architectures", {"LlamaModel"}), llama},
      {"biases_absent", without_config(without_config(llama, "mlp_bias"), "attention_bias"), llama},
      {"tied_absent", without_config(llama, "tie_word_embeddings"), llama},
      {"eos_list", with_config(llama, "eos_token_id", {2, 2}), llama},
      {"eos_number", with_config(llama, "eos_token_id", 2), llama},
      {"eos_beyond_vocabulary", with_config(llama, "eos_token_id", {2, 128009, -1}), llama},
      {"pretraining_tp", with_config(llama, "pretraining_tp", 4), llama},
      {"sliding_window_null", with_config(llama, "sliding_window", nullptr), llama},
      {"unknown_keys", with_config(llama, "auto_map", {{"a", {1, nullptr, "b"}}}), llama},
      {"head_dim_absent", without_config(square_files, "head_dim"), square_files},
      {"head_dim_null", with_config(square_files, "head_dim", nullptr), square_files},
      {"kv_heads_absent", without_config(many_files, "num_key_value_heads"), many_files},
      {"kv_heads_null", with_config(many_files, "num_key_value_heads", nullptr), many_files},
      {"gpt2_generic", generic, gpt2},
      {"gpt2_n_ctx", renamed(gpt2, "n_positions", "n_ctx"), gpt2},
      {"gpt2_n_ctx_differs", with_config(gpt2, "n_ctx", 1024), gpt2},
      {"gpt2_inner_null", with_config(gpt2, "n_inner", nullptr), gpt2},
      {"gpt2_inner_absent", without_config(gpt2, "n_inner"), gpt2},
      {"gpt2_tanh", with_config(gpt2, "activation_function", "gelu_pytorch_tanh"), gpt2},
      {"gpt2_tied_absent", without_config(gpt2, "tie_word_embeddings"), gpt2},
      {"gpt2_scaled", with_config(gpt2, "scale_attn_weights", true), gpt2},
      {"gpt2_bare", with_config(gpt2, "architectures", {"GPT2Model"}), gpt2},
      {"gpt2_eos_of_the_full_model", with_config(gpt2, "eos_token_id", {12, 50256}), gpt2},
  };
}

TEST(NearMiss, SpellingsOfOneConfig) {
  for (const Spelling& spelling : spellings()) {
    SCOPED_TRACE(spelling.name);
    const auto model = expect_loads(spelling.files), same = expect_loads(spelling.same_as);
    ASSERT_NE(model, nullptr);
    ASSERT_NE(same, nullptr);
    EXPECT_EQ(model->config, same->config);
    EXPECT_EQ(weights_of(model), weights_of(same));
  }
}

TEST(NearMiss, LimitsThemselvesAreAllowed) {
  for (const auto& [key, value] :
       std::vector<std::pair<const char*, json>>{{"rms_norm_eps", 0.01},
                                                 {"rms_norm_eps", 1e-30},
                                                 {"rope_theta", 1},
                                                 {"rope_theta", 1e9},
                                                 {"max_position_embeddings", 1048576},
                                                 {"eos_token_id", nullptr},
                                                 {"bos_token_id", nullptr}}) {
    SCOPED_TRACE(key);
    expect_loads(with_config(good_llama(), key, value));
  }
}

}  // namespace
}  // namespace kv::test
