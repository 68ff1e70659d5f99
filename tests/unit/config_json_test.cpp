#include <gtest/gtest.h>

#include <limits>

#include "core/base/number.h"
#include "core/model/load_model.h"
#include "tests/support/tiny_models.h"

namespace kv::core {
namespace {

using nlohmann::json;

ModelConfig parsed(const json& config) {
  const auto result = parse_config(config.dump(), "config.json");
  EXPECT_TRUE(result) << result.error().message;
  return result ? *result : ModelConfig{};
}

std::string message_of(const ModelConfig& config) {
  const auto error = validate(config, "f");
  return error ? error->message : "no error";
}

TEST(ConfigJson, ReadsEveryFieldOfLlama) {
  const ModelConfig config = parsed(json::parse(R"({
      "model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_act": "silu",
      "num_hidden_layers": 3, "hidden_size": 48, "num_attention_heads": 6,
      "num_key_value_heads": 2, "head_dim": 10, "intermediate_size": 100, "vocab_size": 320,
      "max_position_embeddings": 4096, "rms_norm_eps": 1e-06, "attention_bias": true,
      "mlp_bias": true, "tie_word_embeddings": true, "rope_theta": 500000.0,
      "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
                       "original_max_position_embeddings": 8192, "rope_type": "llama3"},
      "torch_dtype": "bfloat16", "bos_token_id": 1, "eos_token_id": [2, 7]})"));
  EXPECT_EQ(config.family, Family::llama);
  EXPECT_EQ(config.layers, 3);
  EXPECT_EQ(config.d_model, 48);
  EXPECT_EQ(config.heads, 6);
  EXPECT_EQ(config.kv_heads, 2);
  EXPECT_EQ(config.head_dim, 10);
  EXPECT_EQ(config.ffn, 100);
  EXPECT_EQ(config.vocabulary, 320);
  EXPECT_EQ(config.context_length, 4096);
  EXPECT_EQ(config.norm_epsilon, 1e-6);
  EXPECT_EQ(config.rope_theta, 500000);
  EXPECT_EQ(config.rope_scaling, (Llama3RopeScaling{32, 1, 4, 8192}));
  EXPECT_TRUE(config.qkv_bias && config.output_bias && config.mlp_bias && config.tied_head);
  EXPECT_EQ(config.end_tokens, (std::vector<Token>{2, 7}));
  EXPECT_EQ(config.start_token, 1);
  EXPECT_EQ(config.stored, WeightType::bf16);
  EXPECT_EQ(config.q_width(), 60);
  EXPECT_EQ(config.kv_width(), 20);
}

TEST(ConfigJson, LlamaDefaults) {
  const ModelConfig config = parsed(json::parse(R"({
      "model_type": "llama", "num_hidden_layers": 1, "hidden_size": 64, "num_attention_heads": 4,
      "intermediate_size": 8, "vocab_size": 5, "max_position_embeddings": 9})"));
  EXPECT_EQ(config.kv_heads, 4);
  EXPECT_EQ(config.head_dim, 16);
  EXPECT_EQ(config.norm_epsilon, 1e-6);
  EXPECT_EQ(config.rope_theta, 10000);
  EXPECT_FALSE(config.rope_scaling || config.start_token);
  EXPECT_FALSE(config.qkv_bias || config.output_bias || config.mlp_bias || config.tied_head);
  EXPECT_TRUE(config.end_tokens.empty());
  EXPECT_EQ(config.stored, WeightType::f32);
}

TEST(ConfigJson, Gpt2AsPublished) {
  const ModelConfig config = parsed(json::parse(R"({
      "activation_function": "gelu_new", "architectures": ["GPT2LMHeadModel"], "attn_pdrop": 0.1,
      "bos_token_id": 50256, "embd_pdrop": 0.1, "eos_token_id": 50256, "initializer_range": 0.02,
      "layer_norm_epsilon": 1e-05, "model_type": "gpt2", "n_ctx": 1024, "n_embd": 768,
      "n_head": 12, "n_layer": 12, "n_positions": 1024, "resid_pdrop": 0.1,
      "summary_activation": null, "task_specific_params": {"text-generation": {"do_sample": true}},
      "vocab_size": 50257})"));
  EXPECT_EQ(config.family, Family::gpt2);
  EXPECT_EQ(config.ffn, 3072);
  EXPECT_EQ(config.head_dim, 64);
  EXPECT_EQ(config.kv_heads, 12);
  EXPECT_TRUE(config.tied_head && config.qkv_bias && config.output_bias && config.mlp_bias);
  EXPECT_EQ(config.end_tokens, std::vector<Token>{50256});
  EXPECT_EQ(to_string(parameter_count(config)), "124439808");
  EXPECT_EQ(cache_bytes_per_token(config), 12u * 2 * 768 * 4);
  EXPECT_EQ(cache_bytes_per_token(config, 2), 12u * 2 * 768 * 2);
}

// The values that transformers' GPT2Config has where a file says nothing.
TEST(ConfigJson, Gpt2ThatLeavesOutWhatIsUsual) {
  const ModelConfig config = parsed(json::parse(R"({
      "model_type": "gpt2", "n_embd": 48, "n_head": 4, "n_layer": 2, "n_positions": 64,
      "vocab_size": 40})"));
  EXPECT_EQ(config.norm_epsilon, 1e-5);
  EXPECT_EQ(config.ffn, 192);
  EXPECT_TRUE(config.tied_head);
  EXPECT_FALSE(config.start_token);
  EXPECT_TRUE(config.end_tokens.empty());
}

TEST(ConfigJson, NewerSpellingOfRope) {
  json config = test::config_json(test::tiny_llama());
  config.erase("rope_theta");
  config.erase("rope_scaling");
  config["rope_parameters"] = {
      {"rope_type", "llama3"}, {"rope_theta", 250000.0},  {"factor", 8},
      {"low_freq_factor", 1},  {"high_freq_factor", 4.0}, {"original_max_position_embeddings", 64}};
  const ModelConfig newer = parsed(config);
  EXPECT_EQ(newer.rope_theta, 250000);
  EXPECT_EQ(newer.rope_scaling, (Llama3RopeScaling{8, 1, 4, 64}));
}

TEST(ConfigJson, RoundTripOfTheTestModels) {
  for (ModelConfig config : {test::tiny_llama(), test::tiny_gpt2()}) {
    EXPECT_EQ(parsed(test::config_json(config)), config);
    config.stored = WeightType::f16;
    config.start_token.reset();
    config.end_tokens.clear();
    EXPECT_EQ(parsed(test::config_json(config)), config);
  }
}

TEST(ConfigJson, TheFirstErrorWins) {
  json config = test::config_json(test::tiny_llama());
  config["num_hidden_layers"] = "2";
  config["rms_norm_eps"] = 5;
  const auto result = parse_config(config.dump(), "x/config.json");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message,
            "x/config.json: num_hidden_layers: found \"2\", expected an integer, 1 to 256");
}

// Every size at its limits, and one beyond.
TEST(Validate, HoldsEveryLimit) {
  struct {
    int ModelConfig::*field;
    int high;
    const char* key;
  } const sizes[] = {
      {&ModelConfig::layers, 256, "num_hidden_layers"},
      {&ModelConfig::d_model, 16384, "hidden_size"},
      {&ModelConfig::heads, 256, "num_attention_heads"},
      {&ModelConfig::head_dim, 512, "head_dim"},
      {&ModelConfig::ffn, 65536, "intermediate_size"},
      {&ModelConfig::vocabulary, 1 << 20, "vocab_size"},
      {&ModelConfig::context_length, 1 << 20, "max_position_embeddings"},
  };
  for (const auto& size : sizes) {
    ModelConfig config = test::tiny_llama();
    config.*size.field = size.high;
    EXPECT_EQ(message_of(config), "no error") << size.key;
    for (const int wrong : {size.high + 1, 0, -1, std::numeric_limits<int>::min()}) {
      config.*size.field = wrong;
      EXPECT_EQ(message_of(config), std::string("f: ") + size.key + ": found " +
                                        std::to_string(wrong) + ", expected 1 to " +
                                        std::to_string(size.high));
    }
  }
}

TEST(Validate, HoldsTheRulesBetweenFields) {
  const auto changed = [](ModelConfig config, auto change) {
    change(config);
    return message_of(config);
  };
  const auto llama = test::tiny_llama(), gpt2 = test::tiny_gpt2();
  EXPECT_EQ(message_of(llama), "no error");
  EXPECT_EQ(message_of(gpt2), "no error");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  using Config = ModelConfig&;
  EXPECT_NE(changed(llama, [](Config c) { c.kv_heads = 3; }).find("a divisor of 4"),
            std::string::npos);
  EXPECT_NE(changed(llama, [](Config c) { c.head_dim = 3; }).find("even"), std::string::npos);
  EXPECT_NE(changed(gpt2, [](Config c) { c.kv_heads = 1; }).find("num_key_value_heads"),
            std::string::npos);
  EXPECT_NE(changed(gpt2, [](Config c) { c.d_model = 16; }).find("n_embd: found 16"),
            std::string::npos);
  EXPECT_NE(changed(gpt2, [](Config c) { c.layers = 0; }).find("n_layer: found 0"),
            std::string::npos);
  for (const double wrong : {nan, 0.0, -1e-5, 0.011, 1e300})
    EXPECT_NE(changed(llama, [&](Config c) { c.norm_epsilon = wrong; }).find("rms_norm_eps"),
              std::string::npos);
  for (const double wrong : {nan, 0.0, 0.99, 1.1e9})
    EXPECT_NE(changed(llama, [&](Config c) { c.rope_theta = wrong; }).find("rope_theta"),
              std::string::npos);
  EXPECT_NE(changed(llama,
                    [](Config c) {
                      c.end_tokens = {0, 11};
                    })
                .find("eos_token_id: found 11"),
            std::string::npos);
  EXPECT_NE(changed(llama, [](Config c) { c.start_token = -1; }).find("bos_token_id: found -1"),
            std::string::npos);
  EXPECT_NE(changed(llama,
                    [&](Config c) {
                      c.rope_scaling = Llama3RopeScaling{nan, 1, 4, 8};
                    })
                .find("rope_scaling.factor"),
            std::string::npos);
}

TEST(ParameterCount, CountsEveryTensorOnce) {
  for (ModelConfig config : {test::tiny_llama(), test::tiny_gpt2()}) {
    for (const bool tied : {false, true}) {
      for (const bool biased : {false, true}) {
        config.tied_head = tied;
        if (config.family == Family::llama)
          config.qkv_bias = config.output_bias = config.mlp_bias = biased;
        Uint128 total = 0;
        for (const auto& tensor : test::random_tensors(config)) total += tensor.bytes.size() / 4;
        EXPECT_EQ(to_string(parameter_count(config)), to_string(total));
      }
    }
  }
}

TEST(ToText, IsShortestAndIndependentOfTheLocale) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(-500000), "-5e+05");
  EXPECT_EQ(to_text(1e-5), "1e-05");
  EXPECT_EQ(to_text(1.7976931348623157e308), "1.7976931348623157e+308");
  EXPECT_EQ(to_text(-2.2250738585072014e-308), "-2.2250738585072014e-308");
  EXPECT_EQ(to_text(std::numeric_limits<double>::infinity()), "inf");
}

}  // namespace
}  // namespace kv::core
