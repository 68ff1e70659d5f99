#include "tests/support/random_models.h"

#include <cstdlib>

namespace kv::test {

int between(std::mt19937_64& random, int least, int most) {
  return std::uniform_int_distribution<int>(least, most)(random);
}

int trials(int full, int shortened) {
  const char* value = std::getenv("KVSCOPE_SHORT");
  return value && *value && *value != '0' ? shortened : full;
}

core::ModelConfig random_config(std::mt19937_64& random) {
  core::ModelConfig c;
  c.family = between(random, 0, 1) ? core::Family::llama : core::Family::gpt2;
  c.layers = between(random, 1, 3);
  c.kv_heads = between(random, 1, 3);
  c.heads = c.kv_heads * (c.family == core::Family::llama ? between(random, 1, 3) : 1);
  c.head_dim = 2 * between(random, 1, 9);
  c.d_model = c.family == core::Family::llama ? between(random, 1, 40) : c.heads * c.head_dim;
  c.ffn = between(random, 1, 70);
  c.vocabulary = between(random, 2, 90);
  c.context_length = between(random, 40, 64);
  const bool gpt2 = c.family == core::Family::gpt2;
  c.qkv_bias = gpt2 || between(random, 0, 1);
  c.output_bias = gpt2 || c.qkv_bias;
  c.mlp_bias = gpt2 || between(random, 0, 1);
  c.tied_head = between(random, 0, 1) == 1;
  return c;
}

std::shared_ptr<const core::Model> random_model(const core::ModelConfig& config,
                                                std::uint64_t seed) {
  auto model = std::make_shared<core::Model>(core::allocate_model(config, "random"));
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> weight(-0.5F, 0.5F);
  for (float& w : model->slab.span()) w = weight(random);
  return model;
}

std::vector<core::Token> random_tokens(const core::ModelConfig& config, int count,
                                       std::mt19937_64& random) {
  std::vector<core::Token> tokens;
  for (int i = 0; i < count; ++i) tokens.push_back(between(random, 0, config.vocabulary - 1));
  return tokens;
}

}  // namespace kv::test
