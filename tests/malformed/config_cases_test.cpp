// config.json, broken in every way its fields can be.
#include <gtest/gtest.h>

#include "tests/malformed/broken_folder.h"

namespace kv::test {
namespace {

using nlohmann::json;

std::string deep_array(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

std::vector<BrokenFolder> text_cases() {
  const Files llama = good_llama();
  const auto text = [&](const char* name, const std::string& content, const char* expected) {
    return BrokenFolder{name, with_file(llama, config_name, content), expected};
  };
  const std::string good = llama.at(config_name);
  std::string with_nul = good;
  with_nul.insert(good.find("llama"), 1, '\0');
  return {
      {"no_config", without_file(llama, config_name), "config.json: found nothing"},
      text("config_empty", "", "config.json: found an empty file, expected JSON"),
      text("config_blank", " \n\t ", "config.json: found nothing but white space"),
      text("config_cut_short", good.substr(0, good.size() / 2), "config.json: line "),
      text("config_not_closed", good.substr(0, good.rfind('}')), "unexpected end of input"),
      text("config_second_value", good + "{}", "config.json: line "),
      text("config_text_behind", good + " x", "invalid literal"),
      text("config_array", "[]", "config.json: found []"),
      text("config_string", "\"llama\"", "config.json: found \"llama\", expected an object"),
      text("config_null", "null", "config.json: found null, expected an object"),
      text("config_lfs_pointer",
           "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
           "config.json: found a Git LFS pointer"),
      text("config_html", "<!DOCTYPE html>\n<html><body>404</body></html>",
           "config.json: found an HTML page"),
      text("config_html_other_case", "\n <HTML lang=\"en\">", "found an HTML page"),
      text("config_nul_byte", with_nul, "found a NUL byte"),
      text("config_not_utf8", "{\"a\": \"\xC3\x28\"}", "line 1: found bytes that are not UTF-8"),
      text("config_overlong_utf8", "{\"a\":\n\"\xC0\xAF\"}", "line 2: found bytes that are not"),
      text("config_lone_surrogate", "{\"a\": \"\\ud800\"}", "surrogate"),
      text("config_byte_order_mark", "\xEF\xBB\xBF" + good, "found a byte order mark"),
      text("config_utf16", std::string("\xFF\xFE{\0}\0", 6), "found a NUL byte"),
      text("config_key_twice", "{\"model_type\": \"llama\",\n\"model_type\": \"gpt2\"}",
           "line 2: found the key \"model_type\" twice"),
      text("config_key_twice_escaped", "{\"a\": 1, \"\\u0061\": 2}", "the key \"a\" twice"),
      text("config_key_twice_deep", "{\"a\": {\"b\": {\"c\": 1, \"c\": 2}}}",
           "the key \"c\" twice"),
      text("config_deep", "{\"a\": " + deep_array(100000) + "}", "nested deeper than 16 levels"),
      text("config_deep_objects", std::string(50000, '{'), "expected string literal"),
      text("config_trailing_comma", "{\"a\": 1,}", "config.json: line 1: found unexpected '}'"),
      text("config_comment", "{} // none", "config.json: line 1: found"),
      text("config_single_quotes", "{'a': 1}", "config.json: line 1: found"),
      text("config_nan", "{\"rms_norm_eps\": NaN}", "config.json: line 1: found"),
      text("config_number_too_large", "{\"rope_theta\": 1e999}", "a number too large for float64"),
      text("config_leading_zero", "{\"hidden_size\": 016}", "config.json: line 1: found"),
      text("config_control_character", "{\"a\": \"x\ny\"}", "control character"),
      text("config_too_large", "{\"a\": \"" + std::string(1 << 20, 'x') + "\"}",
           "config.json: size: found 1048585 bytes, expected at most 1048576"),
      text("config_many_values", "[" + std::string((1 << 20) - 10, '[') + "]", "nested deeper"),
  };
}

std::vector<BrokenFolder> llama_cases() {
  const Files llama = good_llama();
  const auto set = [&](const char* name, const char* key, const json& value,
                       const std::string& expected) {
    return BrokenFolder{name, with_config(llama, key, value), "config.json: " + expected};
  };
  const auto unset = [&](const char* name, const char* key, const std::string& expected) {
    return BrokenFolder{name, without_config(llama, key), "config.json: " + expected};
  };
  const json llama3 = {{"rope_type", "llama3"},
                       {"factor", 8.0},
                       {"low_freq_factor", 1.0},
                       {"high_freq_factor", 4.0},
                       {"original_max_position_embeddings", 16}};
  const auto rope = [&](const char* name, const char* key, const json& value,
                        const std::string& expected) {
    json scaling = llama3;
    scaling[key] = value;
    return set(name, "rope_scaling", scaling, "rope_scaling." + expected);
  };
  std::vector<BrokenFolder> cases = {
      unset("no_model_type", "model_type", "model_type: found nothing, expected \"gpt2\""),
      set("type_mamba", "model_type", "mamba", "model_type: found \"mamba\", expected \"gpt2\""),
      set("type_number", "model_type", 3, "model_type: found 3, expected a string"),
      set("type_hostile", "model_type", "a\nb\x1B[31m", "model_type: found \"a\\x0ab\\x1b[31m\""),
      set("type_long", "model_type", std::string(100000, 'x'), "model_type: found \"xxx"),
      set("architecture_other", "architectures", {"MambaForCausalLM"},
          "architectures: found \"MambaForCausalLM\", expected \"LlamaForCausalLM\""),
      set("architecture_classifier", "architectures", {"LlamaForSequenceClassification"},
          "architectures: found \"LlamaForSequenceClassification\""),
      set("architecture_of_other_family", "architectures", {"GPT2LMHeadModel"}, "architectures"),
      set("architecture_no_list", "architectures", "LlamaForCausalLM",
          "architectures: found \"LlamaForCausalLM\", expected a list"),
      set("architecture_number", "architectures", {7}, "architectures: found 7"),
      unset("no_hidden_size", "hidden_size", "hidden_size: found nothing, expected 1 to 16384"),
      set("hidden_size_null", "hidden_size", nullptr, "hidden_size: found nothing"),
      set("hidden_size_string", "hidden_size", "20", "hidden_size: found \"20\", expected an int"),
      set("hidden_size_float", "hidden_size", 20.0, "hidden_size: found 20.0, expected an integer"),
      set("hidden_size_bool", "hidden_size", true, "hidden_size: found true, expected an integer"),
      set("hidden_size_list", "hidden_size", {20}, "hidden_size: found [20], expected an integer"),
      set("hidden_size_zero", "hidden_size", 0, "hidden_size: found 0, expected an integer, 1 to"),
      set("hidden_size_negative", "hidden_size", -20, "hidden_size: found -20"),
      set("hidden_size_2_31", "hidden_size", 2147483648, "hidden_size: found 2147483648"),
      set("hidden_size_2_32_and_20", "hidden_size", 4294967316, "hidden_size: found 4294967316"),
      set("hidden_size_2_64_and_more", "hidden_size", 1e20, "hidden_size: found 1e+20"),
      set("hidden_size_max_u64", "hidden_size", UINT64_MAX,
          "hidden_size: found 18446744073709551615"),
      set("hidden_size_min_i64", "hidden_size", INT64_MIN,
          "hidden_size: found -9223372036854775808"),
      set("layers_million", "num_hidden_layers", 1000000, "num_hidden_layers: found 1000000"),
      set("layers_zero", "num_hidden_layers", 0, "num_hidden_layers: found 0"),
      unset("no_layers", "num_hidden_layers", "num_hidden_layers: found nothing"),
      set("heads_zero", "num_attention_heads", 0, "num_attention_heads: found 0"),
      set("heads_many", "num_attention_heads", 257, "num_attention_heads: found 257"),
      set("kv_heads_zero", "num_key_value_heads", 0, "num_key_value_heads: found 0"),
      set("kv_heads_more", "num_key_value_heads", 8,
          "num_key_value_heads: found 8, expected a divisor of 4"),
      set("kv_heads_indivisible", "num_key_value_heads", 3,
          "num_key_value_heads: found 3, expected a divisor of 4"),
      set("head_dim_odd", "head_dim", 5, "head_dim: found 5, expected an even number"),
      set("head_dim_zero", "head_dim", 0, "head_dim: found 0"),
      set("head_dim_large", "head_dim", 514, "head_dim: found 514, expected an integer, 1 to 512"),
      set("ffn_zero", "intermediate_size", 0, "intermediate_size: found 0"),
      set("ffn_large", "intermediate_size", 65537, "intermediate_size: found 65537"),
      unset("no_ffn", "intermediate_size", "intermediate_size: found nothing"),
      set("vocabulary_large", "vocab_size", 1048577, "vocab_size: found 1048577"),
      unset("no_vocabulary", "vocab_size", "vocab_size: found nothing"),
      set("context_large", "max_position_embeddings", 1048577, "max_position_embeddings: found"),
      unset("no_context", "max_position_embeddings", "max_position_embeddings: found nothing"),
      set("epsilon_zero", "rms_norm_eps", 0, "rms_norm_eps: found 0, expected above 0"),
      set("epsilon_negative", "rms_norm_eps", -1e-5, "rms_norm_eps: found -1e-05"),
      set("epsilon_large", "rms_norm_eps", 0.02, "rms_norm_eps: found 0.02"),
      set("epsilon_string", "rms_norm_eps", "1e-5", "rms_norm_eps: found \"1e-5\", expected a num"),
      set("activation_gelu", "hidden_act", "gelu",
          "hidden_act: found \"gelu\", expected \"silu\" or \"swish\""),
      set("activation_number", "hidden_act", 1, "hidden_act: found 1, expected a string"),
      set("tied_string", "tie_word_embeddings", "no", "tie_word_embeddings: found \"no\""),
      set("tied_number", "tie_word_embeddings", 1, "tie_word_embeddings: found 1, expected true"),
      set("attention_bias_number", "attention_bias", 0, "attention_bias: found 0, expected true"),
      set("mlp_bias_string", "mlp_bias", "false", "mlp_bias: found \"false\""),
      set("eos_string", "eos_token_id", "</s>", "eos_token_id: found \"</s>\""),
      set("eos_float", "eos_token_id", 2.0, "eos_token_id: found 2.0"),
      set("eos_list_of_strings", "eos_token_id", {2, "3"}, "eos_token_id: found \"3\""),
      set("eos_long_list", "eos_token_id", std::vector<int>(300, 1),
          "eos_token_id: found an array of 300 elements"),
      set("bos_object", "bos_token_id", json::object(), "bos_token_id: found an object"),
      set("dtype_float64", "torch_dtype", "float64", "torch_dtype: found \"float64\""),
      set("dtype_number", "dtype", 32, "dtype: found 32"),
      set("sliding_window", "sliding_window", 4096, "sliding_window: found 4096"),
      set("quantized", "quantization_config", {{"bits", 4}}, "quantization_config: found an obj"),
      set("pretraining_tp_string", "pretraining_tp", "2", "pretraining_tp: found \"2\""),
      set("partial_rotary", "partial_rotary_factor", 0.5, "partial_rotary_factor: found 0.5"),
      set("theta_zero", "rope_theta", 0, "rope_theta: found 0, expected 1 to 1e9"),
      set("theta_large", "rope_theta", 2e9, "rope_theta: found 2e+09"),
      set("theta_string", "rope_theta", "1e4", "rope_theta: found \"1e4\""),
      set("rope_linear", "rope_scaling", {{"type", "linear"}, {"factor", 2.0}},
          "rope_scaling.rope_type: found \"linear\", expected \"default\" or \"llama3\""),
      set("rope_yarn", "rope_scaling", {{"rope_type", "yarn"}},
          "rope_scaling.rope_type: found \"yarn\""),
      set("rope_no_type", "rope_scaling", {{"factor", 2.0}}, "rope_scaling.rope_type: found no"),
      set("rope_string", "rope_scaling", "llama3", "rope_scaling: found \"llama3\", expected an"),
      set("rope_list", "rope_scaling", json::array(), "rope_scaling: found [], expected an object"),
      rope("rope_types_differ", "type", "default", "type: found \"default\", expected \"llama3\""),
      rope("rope_factor_null", "factor", nullptr, "factor: found nothing, expected a number"),
      rope("rope_factor_small", "factor", 0.5, "factor: found 0.5, expected 1 to 1e6"),
      rope("rope_factor_string", "factor", "8", "factor: found \"8\", expected a number"),
      rope("rope_low_zero", "low_freq_factor", 0, "low_freq_factor: found 0, expected above 0"),
      rope("rope_high_below_low", "high_freq_factor", 0.5, "high_freq_factor: found 0.5"),
      rope("rope_high_equal_low", "high_freq_factor", 1, "high_freq_factor: found 1"),
      rope("rope_original_float", "original_max_position_embeddings", 16.5,
           "original_max_position_embeddings: found 16.5"),
      rope("rope_original_zero", "original_max_position_embeddings", 0,
           "original_max_position_embeddings: found 0"),
      set("rope_newer_theta_differs", "rope_parameters",
          {{"rope_type", "default"}, {"rope_theta", 5000.0}},
          "rope_parameters.rope_theta: found 5000, expected 10000"),
      set("rope_newer_unknown", "rope_parameters", {{"rope_type", "longrope"}},
          "rope_parameters.rope_type: found \"longrope\""),
      set("rope_newer_partial", "rope_parameters", {{"partial_rotary_factor", 0.25}},
          "rope_parameters.partial_rotary_factor: found 0.25"),
  };
  cases.push_back({"heads_indivisible_without_head_dim",
                   with_config(without_config(llama, "head_dim"), "num_attention_heads", 3),
                   "config.json: hidden_size: found 20, expected a multiple of 3"});
  cases.push_back({"rope_spellings_differ",
                   with_config(with_config(llama, "rope_scaling", llama3), "rope_parameters",
                               {{"rope_type", "default"}}),
                   "config.json: rope_parameters.rope_type: found other settings"});
  cases.push_back({"dtypes_differ", with_config(llama, "dtype", "bfloat16"),
                   "config.json: dtype: found \"bfloat16\", expected \"float32\", as torch_dtype"});
  return cases;
}

std::vector<BrokenFolder> gpt2_cases() {
  const Files gpt2 = good_gpt2();
  const auto set = [&](const char* name, const char* key, const json& value,
                       const std::string& expected) {
    return BrokenFolder{name, with_config(gpt2, key, value), "config.json: " + expected};
  };
  return {
      set("gpt2_heads_indivisible", "n_head", 5, "n_embd: found 12, expected a multiple of 5"),
      set("gpt2_layers_zero", "n_layer", 0, "n_layer: found 0, expected an integer, 1 to 256"),
      set("gpt2_embd_string", "n_embd", "12", "n_embd: found \"12\""),
      set("gpt2_spellings_differ", "hidden_size", 24, "hidden_size: found 24, expected 12, as n_e"),
      set("gpt2_activation_relu", "activation_function", "relu",
          "activation_function: found \"relu\", expected \"gelu_new\""),
      set("gpt2_activation_exact", "activation_function", "gelu",
          "activation_function: found \"gelu\""),
      set("gpt2_unscaled", "scale_attn_weights", false, "scale_attn_weights: found false"),
      set("gpt2_layer_scaled", "scale_attn_by_inverse_layer_idx", true,
          "scale_attn_by_inverse_layer_idx: found true, expected false"),
      set("gpt2_cross_attention", "add_cross_attention", true, "add_cross_attention: found true"),
      set("gpt2_encoder", "is_encoder_decoder", true, "is_encoder_decoder: found true"),
      set("gpt2_inner_zero", "n_inner", 0, "n_inner: found 0"),
      set("gpt2_epsilon", "layer_norm_epsilon", 1, "layer_norm_epsilon: found 1, expected above"),
      set("gpt2_positions_large", "n_positions", 2000000, "n_positions: found 2000000"),
      {"gpt2_no_positions", without_config(gpt2, "n_positions"),
       "config.json: n_positions: found nothing"},
      {"gpt2_head_dim_large", with_config(with_config(gpt2, "n_head", 1), "n_embd", 1024),
       "config.json: head_dim: found 1024, expected 1 to 512"},
      set("gpt2_as_llama", "model_type", "llama", "architectures: found \"GPT2LMHeadModel\""),
  };
}

TEST(BrokenConfig, Text) { expect_all_refused(text_cases()); }
TEST(BrokenConfig, Llama) { expect_all_refused(llama_cases()); }
TEST(BrokenConfig, Gpt2) { expect_all_refused(gpt2_cases()); }

}  // namespace
}  // namespace kv::test
