// Tensors that are not what config.json asks for, and shards that are not what their index says.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/malformed/broken_folder.h"

namespace kv::test {
namespace {

using nlohmann::json;

constexpr const char* q_name = "model.layers.0.self_attn.q_proj.weight";
constexpr const char* k_name = "model.layers.0.self_attn.k_proj.weight";

// A float32 bit pattern written over element 2 of a tensor.
BrokenFolder not_finite(const char* name, const std::string& tensor, std::uint32_t bits,
                        const std::string& expected) {
  return {name,
          with_tensors(tiny_llama(),
                       [&](auto& tensors) {
                         std::memcpy(tensor_named(tensors, tensor).bytes.data() + 8, &bits, 4);
                       }),
          "model.safetensors: tensor \"" + tensor + "\": element 2: found " + expected};
}

std::vector<BrokenFolder> tensor_cases() {
  const core::ModelConfig llama = tiny_llama(), gpt2 = tiny_gpt2();
  const auto drop = [](const std::string& name) {
    return [name](std::vector<StoredTensor>& tensors) {
      std::erase_if(tensors, [&](const StoredTensor& one) { return one.name == name; });
    };
  };
  const auto copy = [](const std::string& name, const std::string& as) {
    return [name, as](std::vector<StoredTensor>& tensors) {
      StoredTensor tensor = tensor_named(tensors, name);
      tensor.name = as;
      tensors.push_back(tensor);
    };
  };
  const auto shape = [](const std::string& name, core::TensorShape sizes) {
    return [name, sizes](std::vector<StoredTensor>& tensors) {
      tensor_named(tensors, name).shape = sizes;
    };
  };
  const auto missing = [](const std::string& name) {
    return "model.safetensors: tensor \"" + name + "\": found nothing, expected it, of shape";
  };
  core::ModelConfig tied = llama;
  tied.tied_head = true;
  return {
      {"missing_q", with_tensors(llama, drop(q_name)), missing("layers.0.self_attn.q_proj.weight")},
      {"missing_norm", with_tensors(llama, drop("model.norm.weight")), missing("norm.weight")},
      {"missing_head", with_tensors(llama, drop("lm_head.weight")), missing("lm_head.weight")},
      {"missing_embedding_untied", with_tensors(llama, drop("model.embed_tokens.weight")),
       missing("embed_tokens.weight")},
      {"missing_embedding_and_head", with_tensors(tied, drop("model.embed_tokens.weight")),
       missing("embed_tokens.weight")},
      {"missing_last_layer", with_config(good_llama(), "num_hidden_layers", 3),
       missing("layers.2.input_layernorm.weight")},
      {"missing_biases", with_config(good_llama(), "attention_bias", true),
       missing("layers.0.self_attn.q_proj.bias")},
      {"missing_mlp_biases", with_config(good_llama(), "mlp_bias", true),
       missing("layers.0.mlp.gate_proj.bias")},
      {"gpt2_missing_bias", with_tensors(gpt2, drop("transformer.h.1.mlp.c_fc.bias")),
       missing("h.1.mlp.c_fc.bias")},
      {"gpt2_missing_positions", with_tensors(gpt2, drop("transformer.wpe.weight")),
       missing("wpe.weight")},
      {"gpt2_untied_without_head", with_config(good_gpt2(), "tie_word_embeddings", false),
       missing("lm_head.weight")},
      {"both_prefixes", with_tensors(llama, copy(q_name, "layers.0.self_attn.q_proj.weight")),
       "tensor \"layers.0.self_attn.q_proj.weight\": found also \"model.layers.0.self_attn"},
      {"gpt2_both_prefixes", with_tensors(gpt2, copy("transformer.ln_f.bias", "ln_f.bias")),
       "tensor \"ln_f.bias\": found also \"transformer.ln_f.bias\", expected one of the two"},
      {"bias_that_config_denies",
       with_tensors(llama, copy("model.norm.weight", "model.layers.1.self_attn.v_proj.bias")),
       "tensor \"model.layers.1.self_attn.v_proj.bias\": found a bias, expected none"},
      {"norm_with_bias",
       with_tensors(llama, copy("model.norm.weight", "layers.0.input_layernorm.bias")),
       "tensor \"layers.0.input_layernorm.bias\": found a bias"},
      {"head_with_bias", with_tensors(gpt2, copy("transformer.ln_f.bias", "lm_head.bias")),
       "tensor \"lm_head.bias\": found a bias"},
      {"embedding_of_other_vocabulary", with_config(good_llama(), "vocab_size", 12),
       "tensor \"model.embed_tokens.weight\": shape: found [11, 20], expected [12, 20]"},
      {"other_ffn", with_config(good_llama(), "intermediate_size", 25),
       "tensor \"model.layers.0.mlp.gate_proj.weight\": shape: found [24, 20], expected [25, 20]"},
      {"other_heads", with_config(good_llama(), "num_key_value_heads", 4),
       "tensor \"model.layers.0.self_attn.k_proj.weight\": shape: found [8, 20]"},
      {"norm_as_matrix", with_tensors(llama, shape("model.norm.weight", {1, 20})),
       "tensor \"model.norm.weight\": shape: found [1, 20], expected [20]"},
      {"gpt2_linear_layout",
       with_tensors(gpt2, shape("transformer.h.0.attn.c_attn.weight", {36, 12})),
       "c_attn.weight\": shape: found [36, 12], expected [12, 36]"},
      {"gpt2_context_differs", with_config(good_gpt2(), "n_positions", 11),
       "tensor \"transformer.wpe.weight\": shape: found [10, 12], expected [11, 12]"},
      {"needed_tensor_empty",
       with_tensors(llama,
                    [](auto& tensors) {
                      auto& norm = tensor_named(tensors, "model.norm.weight");
                      norm.shape = {0};
                      norm.bytes.clear();
                    }),
       "tensor \"model.norm.weight\": shape: found [0], expected [20]"},
      {"huge_config_tiny_file",
       with_config(with_config(good_llama(), "vocab_size", 1048576), "hidden_size", 16384),
       "shape: found [11, 20], expected [1048576, 16384]"},
      {"float64_weights",
       with_tensors(llama,
                    [](auto& tensors) {
                      auto& norm = tensor_named(tensors, "model.norm.weight");
                      norm.dtype = core::DType::f64;
                      norm.bytes += norm.bytes;
                    }),
       "tensor \"model.norm.weight\": dtype: found F64, expected F32, F16 or BF16"},
      not_finite("value_inf", "model.norm.weight", 0x7F800000, "inf, expected finite numbers"),
      not_finite("value_minus_inf", q_name, 0xFF800000, "-inf, expected finite numbers"),
      not_finite("value_nan", "lm_head.weight", 0x7FC00000, "nan, expected finite numbers"),
      not_finite("value_signalling_nan", k_name, 0x7F800001, "nan, expected finite numbers"),
      {"gpt2_transposed_nan",
       with_tensors(gpt2,
                    [](auto& tensors) {
                      auto& weight = tensor_named(tensors, "transformer.h.1.mlp.c_fc.weight");
                      weight.bytes.replace(4 * 50, 4, std::string("\0\0\xC0\x7F", 4));
                    }),
       "tensor \"transformer.h.1.mlp.c_fc.weight\": element 50: found nan"},
      {"bf16_inf",
       with_tensors(llama,
                    [](auto& tensors) {
                      tensor_named(tensors, "model.norm.weight").bytes.replace(38, 2, "\x80\x7F");
                    },
                    {.dtype = core::DType::bf16}),
       "tensor \"model.norm.weight\": element 19: found inf"},
      {"f16_nan",
       with_tensors(llama,
                    [](auto& tensors) {
                      tensor_named(tensors, "model.norm.weight").bytes.replace(0, 2, "\x01\xFE");
                    },
                    {.dtype = core::DType::f16}),
       "tensor \"model.norm.weight\": element 0: found "},
  };
}

std::vector<BrokenFolder> shard_cases() {
  const Files good = good_shards();
  const std::string second = "model-00002-of-00003.safetensors";
  const auto index = [&](const char* name, const std::function<void(json&)>& change,
                         const std::string& expected) {
    json changed = json::parse(good.at(index_name));
    change(changed);
    return BrokenFolder{name, with_file(good, index_name, changed.dump()), expected};
  };
  const auto move = [&](const char* name, const char* shard) {
    return index(
        name, [shard](json& i) { i["weight_map"][q_name] = shard; },
        "index.json: weight_map.\"" + std::string(q_name) + "\": found");
  };
  const auto copied = [&] {
    Files files = good;
    const std::string file = files.at(second);
    files["extra.safetensors"] = file;
    json changed = json::parse(files.at(index_name));
    const std::string tensor = json::parse(header_of(file)).begin().key();
    changed["weight_map"][tensor] = "extra.safetensors";
    files[index_name] = changed.dump();
    return files;
  };
  return {
      {"shard_missing", without_file(good, second), second + ": found nothing"},
      {"shard_truncated", with_file(good, second, good.at(second).substr(0, 600)), second},
      {"shard_lfs", with_file(good, second, "version https://git-lfs.github.com/spec/v1\n"),
       second + ": found a Git LFS pointer"},
      {"index_cut", with_file(good, index_name, good.at(index_name).substr(0, 90)),
       "index.json: l"},
      {"index_html", with_file(good, index_name, "<html>"), "index.json: found an HTML page"},
      {"index_array", with_file(good, index_name, "[]"),
       "index.json: found [], expected an object"},
      {"index_no_map", with_file(good, index_name, "{}"), "index.json: weight_map: found nothing"},
      index(
          "index_map_list", [](json& i) { i["weight_map"] = json::array(); },
          "index.json: weight_map: found []"),
      index(
          "index_map_empty", [](json& i) { i["weight_map"] = json::object(); },
          "index.json: weight_map: found an object of 0 keys"),
      index(
          "shard_name_number", [](json& i) { i["weight_map"][q_name] = 2; },
          "index.json: weight_map.\""),
      move("shard_name_parent", "../model.safetensors"),
      move("shard_name_absolute", "/etc/passwd"),
      move("shard_name_folder", "sub/model.safetensors"),
      move("shard_name_backslash", "..\\model.safetensors"),
      move("shard_name_empty", ""),
      move("shard_name_dots", ".."),
      move("shard_name_newline", "a\nb"),
      index(
          "shard_name_nul", [](json& i) { i["weight_map"][q_name] = std::string("a\0b", 3); },
          "index.json: weight_map."),
      index(
          "shard_is_config", [](json& i) { i["weight_map"][q_name] = "config.json"; },
          "config.json: header length: found"),
      index(
          "tensor_not_in_its_shard",
          [](json& i) { i["weight_map"]["model.other"] = "model-00001-of-00003.safetensors"; },
          "model-00001-of-00003.safetensors: tensor \"model.other\": found nothing"),
      index(
          "tensor_in_other_shard",
          [](json& i) {
            auto& shard = i["weight_map"][q_name].get_ref<std::string&>();
            shard = shard.find("00001") == std::string::npos ? "model-00001-of-00003.safetensors"
                                                             : "model-00002-of-00003.safetensors";
          },
          "tensor \"model.layers.0.self_attn.q_proj.weight\": found nothing"),
      {"tensor_in_two_shards", copied(), "expected each tensor in one shard"},
      {"broken_file_wins_over_index", with_file(good, weights_name, "junk of a file"),
       "model.safetensors: header length"},
  };
}

TEST(BrokenWeights, Tensor) { expect_all_refused(tensor_cases()); }
TEST(BrokenWeights, Shard) { expect_all_refused(shard_cases()); }

}  // namespace
}  // namespace kv::test
