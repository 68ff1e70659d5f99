// Safetensors files and their headers, broken.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/malformed/broken_folder.h"

namespace kv::test {
namespace {

using nlohmann::json;

constexpr const char* q_name = "model.layers.0.self_attn.q_proj.weight";
constexpr const char* k_name = "model.layers.0.self_attn.k_proj.weight";
constexpr const char* q_tensor = "tensor \"model.layers.0.self_attn.q_proj.weight\"";

std::string with_length(std::string file, std::uint64_t length) {
  std::memcpy(file.data(), &length, 8);
  return file;
}

std::vector<BrokenFolder> file_cases() {
  const Files llama = good_llama();
  const std::string good = llama.at(weights_name);
  const std::string header = header_of(good);
  const auto file = [&](const char* name, const std::string& content, const std::string& expected) {
    return BrokenFolder{name, with_file(llama, weights_name, content),
                        "model.safetensors: " + expected};
  };
  const auto text = [&](const char* name, const std::string& content, const std::string& expected) {
    return BrokenFolder{name, with_header_text(llama, content), "model.safetensors: " + expected};
  };
  std::string nul_padding = header + std::string(8, '\0');
  return {
      {"no_weights", without_file(llama, weights_name), "model.safetensors: found nothing"},
      {"only_a_pickle", with_file(without_file(llama, weights_name), "pytorch_model.bin", "PK"),
       "pytorch_model.bin is not read"},
      file("empty_file", "", "size: found 0 bytes, expected at least 10"),
      file("seven_bytes", good.substr(0, 7), "size: found 7 bytes, expected at least 10"),
      file("nine_bytes", good.substr(0, 9), "size: found 9 bytes"),
      file("header_cut_short", good.substr(0, 100), "header length: found"),
      file("header_cut_by_one", good.substr(0, 7 + header.size()), "header length: found"),
      file("length_max_u64", with_length(good, UINT64_MAX),
           "header length: found 18446744073709551615"),
      file("length_max_i64", with_length(good, INT64_MAX), "header length: found 9223372036854775"),
      file("length_wraps_with_8", with_length(good, UINT64_MAX - 7),
           "header length: found 1844674"),
      file("length_zero", with_length(good, 0), "header length: found 0, expected 2 to"),
      file("length_one", with_length(good, 1), "header length: found 1, expected 2 to"),
      file("length_size", with_length(good, good.size()), "header length: found"),
      file("length_size_minus_7", with_length(good, good.size() - 7), "header length: found"),
      file("length_one_less", with_length(good, header.find_last_of('}')), "header: line 1"),
      file("length_one_more", with_length(good, header.size() + 1), "header"),
      file("length_over_16_mib", with_length(good + std::string(17 << 20, ' '), (16 << 20) + 1),
           "header length: found 16777217, expected 2 to 16777216"),
      file("data_cut_by_one", good.substr(0, good.size() - 1), "...data_offsets: found"),
      file("data_cut_by_500", good.substr(0, good.size() - 500), "...data_offsets: found"),
      file("no_data", good.substr(0, 8 + header.size()), "...data_offsets: found"),
      file("data_longer", good + "x", "data: found"),
      file("lfs_pointer",
           "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 13160\n",
           "found a Git LFS pointer"),
      file("html_page", "<!doctype html><html><title>Sign in</title></html>", "found an HTML page"),
      file("pickle", std::string("PK\x03\x04", 4) + std::string(200, '\0'), "header length: found"),
      file("gguf", "GGUF" + std::string("\3\0\0\0", 4) + std::string(100, '\1'), "header length"),
      file("all_zero", std::string(1000, '\0'), "header length: found 0"),
      text("header_array", "[1, 2]", "header: found \"[1, 2]\", expected \"{\" first"),
      text("header_leading_space", " " + header, "header: found \" {"),
      text("header_deep", std::string(100000, '['), "header: found \"[[[[[[[[\""),
      text("header_deep_inside", "{\"a\":" + std::string(100000, '['), "...nested deeper than 8"),
      text("header_newline_padding", header + "\n\n", "header: found padding of \"\\x0a\""),
      text("header_tab_padding", header + " \t", "header: found padding of"),
      text("header_nul_padding", nul_padding, "header: found padding of \"\\x00\""),
      text("header_two_values", header + "{}", "header: line 1: found"),
      text("header_not_utf8", "{\"\xFF\": 1}", "header: line 1: found bytes that are not UTF-8"),
      text("header_nul_byte", std::string("{\"a\0\": 1}", 9), "header: line 1: found a NUL byte"),
      text("header_trailing_comma", "{\"a\":1,}", "header: line 1: found unexpected '}'"),
      text("header_unclosed", header.substr(0, header.find_last_of('}')), "...end of input"),
      text("header_empty_object", "{}", "data: found"),
  };
}

std::vector<BrokenFolder> entry_cases() {
  const Files llama = good_llama();
  const auto q = json::parse(header_of(llama.at(weights_name)))[q_name];
  const auto q_begin = q["data_offsets"][0].get<std::uint64_t>();
  const auto q_end = q["data_offsets"][1].get<std::uint64_t>();
  const auto entry = [&](const char* name, const char* key, const json& value,
                         const std::string& expected) {
    return BrokenFolder{name, with_entry(llama, q_name, key, value),
                        std::string("model.safetensors: ") + q_tensor + ": " + expected};
  };
  const auto header = [&](const char* name, const std::function<void(json&)>& change,
                          const std::string& expected) {
    return BrokenFolder{name, with_header(llama, change), "model.safetensors: " + expected};
  };
  const std::uint64_t big = std::uint64_t{1} << 32;
  std::vector<BrokenFolder> cases = {
      entry("dtype_unknown", "dtype", "F33", "dtype: found \"F33\", expected a type"),
      entry("dtype_lower_case", "dtype", "f32", "dtype: found \"f32\""),
      entry("dtype_number", "dtype", 32, "dtype: found 32"),
      entry("dtype_null", "dtype", nullptr, "dtype: found null"),
      entry("dtype_i32", "dtype", "I32", "dtype: found I32, expected F32, F16 or BF16"),
      entry("dtype_other_size", "dtype", "F64", "data_offsets: found"),
      entry("dtype_f16_same_bytes", "dtype", "F16", "data_offsets: found"),
      entry("shape_swapped", "shape", {32, 10}, "shape: found [32, 10], expected [16, 20]"),
      entry("shape_flat", "shape", {320}, "shape: found [320], expected [16, 20], by config"),
      entry("shape_with_one", "shape", {1, 16, 20}, "shape: found [1, 16, 20]"),
      entry("shape_too_small", "shape", {16, 19}, "data_offsets: found"),
      entry("shape_number", "shape", 320, "shape: found 320, expected an array"),
      entry("shape_string", "shape", "16,20", "shape: found \"16,20\""),
      entry("shape_negative", "shape", {-16, -20}, "shape: found [-16, -20], expected unsigned"),
      entry("shape_float", "shape", {16.0, 20.0}, "shape: found [16.0, 20.0]"),
      entry("shape_strings", "shape", {"16", "20"}, "shape: found an array of 2 elements"),
      entry("shape_nested", "shape", {{16, 20}}, "shape: found an array of 1 element"),
      entry("shape_rank_9", "shape", {1, 1, 1, 1, 1, 1, 1, 16, 20}, "shape: found an array of 9"),
      entry("shape_overflow", "shape", {big, big}, "shape: found [4294967296, 4294967296]"),
      entry("shape_overflow_to_good", "shape", {big * 16, big * 2, 20},
            "...expected a product below"),
      entry("shape_overflow_beside_0", "shape", {big, big, 0}, "...expected a product below 2^64"),
      entry("shape_overflow_behind_0", "shape", {0, big, big}, "...expected a product below 2^64"),
      entry("shape_overflow_in_bits", "shape", {std::uint64_t{1} << 60}, "...a product below 2^64"),
      entry("shape_beyond_u64", "shape", {1e30}, "shape: found [1e+30]"),
      entry("offsets_number", "data_offsets", q_begin, "data_offsets: found"),
      entry("offsets_one", "data_offsets", {q_begin}, "...expected two unsigned integers"),
      entry("offsets_three", "data_offsets", {q_begin, q_end, q_end}, "...expected two unsigned"),
      entry("offsets_float", "data_offsets", {0.5, 1280.5}, "data_offsets: found [0.5, 1280.5]"),
      entry("offsets_negative", "data_offsets", {-1280, 0}, "data_offsets: found [-1280, 0]"),
      entry("offsets_strings", "data_offsets", {"0", "1280"}, "...expected two unsigned integers"),
      entry("offsets_null", "data_offsets", nullptr, "data_offsets: found null"),
      entry("offsets_reversed", "data_offsets", {q_end, q_begin}, "...expected begin <= end"),
      entry("offsets_beyond", "data_offsets", {1000000, 1001280}, "...expected an end within"),
      entry("offsets_wrap", "data_offsets", {UINT64_MAX - 1279, UINT64_MAX}, "...an end within"),
      entry("offsets_too_short", "data_offsets", {q_begin, q_end - 4}, "data_offsets: found"),
      entry("extra_key", "strides", {20, 1}, "found the key \"strides\", expected exactly dtype"),
  };
  for (const char* key : {"dtype", "shape", "data_offsets"})
    cases.push_back(header(
        std::string("entry_without_").append(key).c_str(), [key](json& h) { h[q_name].erase(key); },
        std::string(q_tensor) + ": found no " + key));
  cases.insert(
      cases.end(),
      {header(
           "entry_null", [](json& h) { h[q_name] = nullptr; },
           std::string(q_tensor) + ": found null, expected an object"),
       header(
           "entry_array", [](json& h) { h[q_name] = json::array(); },
           std::string(q_tensor) + ": found [], expected an object"),
       header(
           "overlap",
           [](json& h) {
             h[k_name]["shape"] = h[q_name]["shape"],
             h[k_name]["data_offsets"] = h[q_name]["data_offsets"];
           },
           "tensor ...: data_offsets: found a..., expected begin"),
       header(
           "hole", [](json& h) { h.erase(q_name); }, "...a hole, begin"),
       header(
           "metadata_null", [](json& h) { h["__metadata__"] = nullptr; },
           "__metadata__: found null, expected an object of strings"),
       header(
           "metadata_list", [](json& h) { h["__metadata__"] = {"format"}; },
           "__metadata__: found an array of 1 element"),
       header(
           "metadata_number",
           [](json& h) {
             h["__metadata__"] = {{"epoch", 3}};
           },
           "__metadata__.\"epoch\": found 3, expected a string"),
       header(
           "metadata_nested",
           [](json& h) {
             h["__metadata__"] = {{"a", {{"b", "c"}}}};
           },
           "__metadata__.\"a\": found an object of 1 key"),
       header(
           "name_empty", [](json& h) { h[""] = h[q_name]; }, "tensor \"\": found a name of 0"),
       header(
           "name_long", [](json& h) { h[std::string(513, 'n')] = h[q_name]; }, "tensor \"nnn"),
       header(
           "name_newline", [](json& h) { h["a\nb"] = h[q_name]; },
           "tensor \"a\\x0ab\": found a name of 3 bytes with control characters"),
       header(
           "name_delete", [](json& h) { h["a\x7F"] = h[q_name]; }, "...with control characters"),
       header(
           "name_nul", [](json& h) { h[std::string("a\0b", 3)] = h[q_name]; },
           "...with control characters"),
       header(
           "too_many_tensors",
           [](json& h) {
             for (int i = 0; i < 65537; ++i)
               h["x" + std::to_string(i)] = {
                   {"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
           },
           "header: found")});
  std::string twice = header_of(llama.at(weights_name));
  twice.insert(1, "\"" + std::string(q_name) + "\":" + q.dump() + ",");
  cases.push_back(
      {"name_twice", with_header_text(llama, twice),
       "model.safetensors: header: line 1: found the key \"" + std::string(q_name) + "\" twice"});
  std::string key_twice = header_of(llama.at(weights_name));
  key_twice.insert(key_twice.find("\"dtype\""), "\"dtype\":\"I32\",");
  cases.push_back({"dtype_twice", with_header_text(llama, key_twice),
                   "model.safetensors: header: line 1: found the key \"dtype\" twice"});
  return cases;
}

TEST(BrokenHeader, File) { expect_all_refused(file_cases()); }
TEST(BrokenHeader, Entry) { expect_all_refused(entry_cases()); }

}  // namespace
}  // namespace kv::test
