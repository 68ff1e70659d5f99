// Bad tokenizer.json files: a clear input error of one line, and never a crash.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "core/base/utf8.h"
#include "tests/fixtures/tokenizers/kinds.h"

namespace kv::test {
namespace {

using core::ErrorKind;
using core::Token;
using core::Tokenizer;
using nlohmann::json;

const std::string label = "model/tokenizer.json";

// Small, and with every part a file can have.
json byte_level_file() {
  return json::parse(R"json({
    "version": "1.0", "truncation": null, "padding": null,
    "added_tokens": [
      {"id": 8, "content": "<|end|>", "single_word": false, "lstrip": false, "rstrip": false,
       "normalized": false, "special": true},
      {"id": 7, "content": "<pad>", "single_word": true, "lstrip": true, "rstrip": true,
       "normalized": true, "special": false}],
    "normalizer": null,
    "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
      {"type": "Digits", "individual_digits": true},
      {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]},
    "post_processor": {"type": "TemplateProcessing",
      "single": [{"SpecialToken": {"id": "<|end|>", "type_id": 0}},
                 {"Sequence": {"id": "A", "type_id": 0}}],
      "pair": [], "special_tokens": {"<|end|>": {"id": "<|end|>", "ids": [8], "tokens": ["<|end|>"]}}},
    "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true},
    "model": {"type": "BPE", "dropout": null, "unk_token": "a", "continuing_subword_prefix": "",
      "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
      "vocab": {"a": 0, "b": 1, "c": 2, "ab": 3, "abc": 4, "bc": 5, "Ġ": 6, "<pad>": 7},
      "merges": ["a b", "ab c", "b c"]}})json");
}

json mark_file() {
  return json::parse(R"json({
    "version": "1.0", "added_tokens": [{"id": 0, "content": "<s>", "special": true}],
    "normalizer": {"type": "Sequence", "normalizers": [
      {"type": "Prepend", "prepend": "▁"},
      {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
    "pre_tokenizer": null,
    "post_processor": {"type": "Sequence", "processors": [
      {"type": "TemplateProcessing", "special_tokens": {"<s>": {"ids": [0]}},
       "single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}]}]},
    "decoder": {"type": "Sequence", "decoders": [
      {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
      {"type": "ByteFallback"}, {"type": "Fuse"},
      {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
    "model": {"type": "BPE", "unk_token": "<s>", "fuse_unk": true, "byte_fallback": true,
      "vocab": {"<s>": 0, "<0x0A>": 1, "▁": 2, "a": 3, "▁a": 4, "▁▁": 5},
      "merges": [["▁", "a"], ["▁", "▁"]]}})json");
}

struct BadFile {
  std::string name;
  std::function<void(json&)> spoil;
  std::string complaint;  // part of the message
};

json added(Token id, const std::string& content) { return {{"id", id}, {"content", content}}; }

// Each spoils byte_level_file().
std::vector<BadFile> bad_byte_level_files() {
  const auto model = [](std::string name, std::string key, json value, std::string complaint) {
    return BadFile{std::move(name), [=](json& f) { f["model"][key] = value; }, complaint};
  };
  const auto part = [](std::string name, std::string pointer, json value, std::string complaint) {
    return BadFile{std::move(name), [=](json& f) { f[json::json_pointer(pointer)] = value; },
                   complaint};
  };
  return {
      {"an array", [](json& f) { f = json::array(); }, "expected an object"},
      {"nothing", [](json& f) { f = nullptr; }, "expected an object"},
      part("version", "/version", "2.0", "version: found \"2.0\""),
      {"no model", [](json& f) { f.erase("model"); }, "model: found nothing"},
      part("model a string", "/model", "BPE", "model: found \"BPE\""),
      model("other model", "type", "Unigram", "model.type: found \"Unigram\""),
      model("type a number", "type", 3, "model.type: found 3"),
      model("dropout", "dropout", 0.1, "model.dropout: found 0.1"),
      model("dropout a string", "dropout", "0", "model.dropout"),
      model("subword prefix", "continuing_subword_prefix", "##", "continuing_subword_prefix"),
      model("word suffix", "end_of_word_suffix", "</w>", "model.end_of_word_suffix"),
      model("fuse_unk", "fuse_unk", 1, "model.fuse_unk: found 1, expected true or false"),
      model("byte fallback without letters", "byte_fallback", true, "model.byte_fallback"),
      model("ignore_merges", "ignore_merges", "yes", "model.ignore_merges"),
      model("unknown token unknown", "unk_token", "<unk>", "expected a token of model.vocab"),
      model("unknown token a number", "unk_token", 0, "model.unk_token"),
      model("no vocabulary", "vocab", nullptr, "model.vocab: found nothing"),
      model("vocabulary a list", "vocab", {"a", "b"}, "model.vocab: found an array"),
      model("empty vocabulary", "vocab", json::object(), "model.vocab: found an object of 0 keys"),
      part("negative id", "/model/vocab/a", -1, "model.vocab.a: found -1"),
      part("fractional id", "/model/vocab/a", 1.5, "model.vocab.a: found 1.5"),
      part("id a string", "/model/vocab/a", "0", "model.vocab.a: found \"0\""),
      part("id null", "/model/vocab/a", nullptr, "model.vocab.a: found nothing"),
      part("huge id", "/model/vocab/a", 1 << 20, "from 0 to 1048575"),
      part("id beyond 64 bits", "/model/vocab/a", 1e30, "model.vocab.a"),
      part("id twice", "/model/vocab/b", 0, "expected an id of its own"),
      {"long token", [](json& f) { f["model"]["vocab"][std::string(70000, 'x')] = 100; },
       "at most 65536 bytes"},
      model("no merges", "merges", nullptr, "model.merges: found nothing"),
      model("merges an object", "merges", json::object(), "model.merges"),
      model("merge a number", "merges", {1}, "model.merges[0]: found 1"),
      model("merge of one part", "merges", {"ab"}, "model.merges[0]: found \"ab\""),
      model("merge of three parts", "merges", {"a b c"}, "model.merges[0]: found \"a b c\""),
      model("merge with an empty part", "merges", {" b"}, "two parts that are not empty"),
      model("pair with an empty part", "merges", json::parse(R"([["", "b"]])"),
            "two parts that are not empty"),
      model("pair of three", "merges", {{"a", "b", "c"}}, "model.merges[0]"),
      model("pair of numbers", "merges", {{0, 1}}, "model.merges[0]: found [0, 1]"),
      model("left unknown", "merges", {"x b"}, "(\"x\" is none)"),
      model("right unknown", "merges", {"a x"}, "(\"x\" is none)"),
      model("result unknown", "merges", {"b a"}, "(\"ba\" is none)"),
      model("merge twice", "merges", {"a b", "b c", "a b"}, "model.merges[2]"),
      model("two spellings", "merges", {"a b", {"b", "c"}}, "merges all spelled alike"),
      part("added tokens an object", "/added_tokens", json::object(), "added_tokens: found"),
      part("added token a string", "/added_tokens/0", "<|end|>", "added_tokens[0]: found"),
      part("added token without id", "/added_tokens/0/id", nullptr, "added_tokens[0].id: found no"),
      part("added token's id negative", "/added_tokens/0/id", -8, "added_tokens[0].id: found -8"),
      part("added token takes an id", "/added_tokens/0/id", 3, "added_tokens[0].id: found 3"),
      part("added token with another id", "/added_tokens/1/id", 9, "added_tokens[1].id: found 9"),
      part("added id twice", "/added_tokens/1", added(8, "<x>"), "added_tokens[1].id: found 8"),
      part("added content twice", "/added_tokens/1", added(9, "<|end|>"), "each added token once"),
      part("added content empty", "/added_tokens/0/content", "", "added_tokens[0].content"),
      part("added content a number", "/added_tokens/0/content", 5, "added_tokens[0].content"),
      part("added content long", "/added_tokens/0/content", std::string(70000, 'x'), "1 to 65536"),
      part("special a number", "/added_tokens/0/special", 1, "added_tokens[0].special: found 1"),
      part("lstrip a string", "/added_tokens/0/lstrip", "no", "added_tokens[0].lstrip"),
      {"too many added bytes",
       [](json& f) {
         for (int i = 0; i < 20; ++i)
           f["added_tokens"].push_back(added(100 + i, std::string(60000, 'a') + std::to_string(i)));
       },
       "bytes of added tokens together"},
      part("normalizer NFC", "/normalizer", {{"type", "NFC"}}, "normalizer.type: found \"NFC\""),
      part("normalizer a string", "/normalizer", "NFC", "normalizer: found \"NFC\""),
      part("normalizer without type", "/normalizer", json::object(), "normalizer.type: found no"),
      part("Replace beside ByteLevel", "/normalizer",
           {{"type", "Replace"}, {"pattern", {{"String", " "}}}, {"content", "\u2581"}},
           "null beside a ByteLevel pre_tokenizer"),
      part("pre-tokenizer by name", "/pre_tokenizer", {{"type", "Whitespace"}}, "\"Whitespace\""),
      part("pre-tokenizer a list", "/pre_tokenizer", json::array(), "pre_tokenizer: found"),
      part("sequence without list", "/pre_tokenizer/pretokenizers", 3, "pretokenizers: found 3"),
      part("no ByteLevel at the end", "/pre_tokenizer/pretokenizers/1", {{"type", "Digits"}},
           "a Sequence that ends in ByteLevel"),
      part("after ByteLevel", "/pre_tokenizer/pretokenizers/2", {{"type", "Digits"}},
           "nothing after ByteLevel"),
      part("space before every digit", "/pre_tokenizer/pretokenizers/1/add_prefix_space", true,
           "false after another split"),
      part("use_regex a number", "/pre_tokenizer/pretokenizers/1/use_regex", 1, "use_regex"),
      part("a pattern of its own", "/pre_tokenizer/pretokenizers/0",
           {{"type", "Split"}, {"pattern", {{"Regex", "(a+)+$"}}}, {"behavior", "Isolated"}},
           "pattern.\"Regex\": found \"(a+)+$\""),
      part("a pattern that is a string", "/pre_tokenizer/pretokenizers/0",
           {{"type", "Split"}, {"pattern", {{"String", " "}}}, {"behavior", "Isolated"}},
           "pattern"),
      part("too long a sequence", "/pre_tokenizer/pretokenizers",
           std::vector<json>(17, {{"type", "Digits"}}), "at most 16 parts"),
      part("decoder by name", "/decoder", {{"type", "WordPiece"}}, "decoder.type: found"),
      part("decoder of another sort", "/decoder", {{"type", "Metaspace"}}, "decoder.type: found"),
      part("decoder a number", "/decoder", 1, "decoder: found 1"),
      part("Roberta", "/post_processor", {{"type", "RobertaProcessing"}}, "\"RobertaProcessing\""),
      part("Bert", "/post_processor", {{"type", "BertProcessing"}}, "\"BertProcessing\""),
      part("template without text", "/post_processor/single", json::array(),
           "exactly one Sequence"),
      part("template a string", "/post_processor/single", "$A", "post_processor.single: found"),
      part("template of B", "/post_processor/single/1", {{"Sequence", {{"id", "B"}}}},
           "found \"B\""),
      part("text twice", "/post_processor/single/0", {{"Sequence", {{"id", "A"}}}}, "found \"A\""),
      part("piece of another sort", "/post_processor/single/0", {{"Word", 1}}, "single[0]: found"),
      part("special token without ids", "/post_processor/special_tokens", nullptr,
           "the ids of the"),
      part("template id a string", "/post_processor/special_tokens/<|end|>/ids/0", "8", "ids[0]"),
      part("template id unknown", "/post_processor/special_tokens/<|end|>/ids/0", 999,
           "the id 999"),
      {"two templates",
       [](json& f) {
         const json one = f["post_processor"];
         f["post_processor"] = {{"type", "Sequence"}, {"processors", {one, one}}};
       },
       "at most one TemplateProcessing"},
  };
}

// Each spoils mark_file().
std::vector<BadFile> bad_mark_files() {
  const auto part = [](std::string name, std::string pointer, json value, std::string complaint) {
    return BadFile{std::move(name), [=](json& f) { f[json::json_pointer(pointer)] = value; },
                   complaint};
  };
  const json prepend = {{"type", "Prepend"}, {"prepend", "\u2581"}};
  const json metaspace = {{"type", "Metaspace"}, {"replacement", "\u2581"}};
  const auto scheme = [&](json more) {
    json made = metaspace;
    made.update(more);
    return made;
  };
  return {
      part("prepends a space", "/normalizer/normalizers/0/prepend", " ", "prepend: found \" \""),
      part("prepends twice", "/normalizer/normalizers/1", prepend, "Prepend only once"),
      part("only prepends", "/normalizer", prepend, "Prepend together with Replace"),
      part("replaces letters", "/normalizer/normalizers/1/pattern/String", "a", "found \"a\""),
      part("replaces by a pattern", "/normalizer/normalizers/1/pattern", {{"Regex", " "}},
           "String"),
      part("Prepend and Metaspace", "/pre_tokenizer", metaspace, "no Prepend beside a Metaspace"),
      part("another mark", "/pre_tokenizer", scheme({{"replacement", "_"}}), "replacement: found"),
      part("unknown scheme", "/pre_tokenizer", scheme({{"prepend_scheme", "last"}}), "\"last\""),
      part("contrary schemes", "/pre_tokenizer",
           scheme({{"prepend_scheme", "first"}, {"add_prefix_space", false}}),
           "as add_prefix_space is false"),
      part("byte-level decoder", "/decoder", {{"type", "ByteLevel"}}, "decoder.type: found"),
      part("decodes something else", "/decoder/decoders/0/content", "_", "content: found \"_\""),
      part("strips letters", "/decoder/decoders/3/content", "a", "decoders[3].content"),
      part("strips two", "/decoder/decoders/3/start", 2, "decoders[3].start: found 2"),
      part("strips the end", "/decoder/decoders/3/stop", 1, "decoders[3].stop: found 1"),
      {"decodes marks nobody made", [](json& f) { f["normalizer"] = nullptr; }, "decoders[0].type"},
      {"a merge makes a byte",
       [](json& f) {
         f["model"]["vocab"]["<0x"] = 10;
         f["model"]["vocab"]["0A>"] = 11;
         f["model"]["merges"].push_back({"<0x", "0A>"});
       },
       "not the token of a byte"},
      {"a key of many lines", [](json& f) { f["model"]["vocab"]["x\n\x1B[2J"] = -1; },
       "model.vocab.\"x\\x0a\\x1b[2J\""},
  };
}

void expect_refused(const std::string& text, const std::string& complaint, const std::string& name,
                    int vocabulary = 0) {
  const auto refused = Tokenizer::parse(text, label, vocabulary);
  ASSERT_FALSE(refused) << name;
  EXPECT_EQ(refused.error().kind, ErrorKind::input) << name;
  const std::string& message = refused.error().message;
  EXPECT_TRUE(message.starts_with(label)) << name << ": " << message;
  EXPECT_NE(message.find(complaint), std::string::npos) << name << ": " << message;
  EXPECT_EQ(message.find_first_of("\n\r\x1B"), std::string::npos) << name;
  EXPECT_LT(message.size(), 400U) << name << ": " << message;
}

TEST(TokenizerMalformed, TheFilesAreGoodBeforeTheyAreSpoilt) {
  for (const json& file : {byte_level_file(), mark_file()}) {
    const auto good = Tokenizer::parse(file.dump(), label);
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_TRUE(good->encode("a b"));
  }
}

TEST(TokenizerMalformed, HandMadeFilesAreRefused) {
  for (const BadFile& bad : bad_byte_level_files()) {
    json file = byte_level_file();
    bad.spoil(file);
    expect_refused(file.dump(), bad.complaint, bad.name);
  }
  for (const BadFile& bad : bad_mark_files()) {
    json file = mark_file();
    bad.spoil(file);
    expect_refused(file.dump(), bad.complaint, bad.name);
  }
}

TEST(TokenizerMalformed, TextThatIsNoJsonIsRefused) {
  const std::string good = byte_level_file().dump();
  expect_refused("", "", "empty");
  expect_refused("version https://git-lfs.github.com/spec/v1\n", "", "LFS pointer");
  expect_refused(good.substr(0, good.size() / 2), "", "cut short");
  expect_refused(good + "{}", "", "something after the end");
  expect_refused("{\"model\":1," + good.substr(1), "twice", "key twice");
  expect_refused(good + std::string(1, '\0'), "NUL", "a NUL byte");
  expect_refused("\xFF" + good, "UTF-8", "not UTF-8");
  expect_refused(std::string(1000, '['), "", "deep");
}

TEST(TokenizerMalformed, IdsMustLieWithinTheEmbedding) {
  const std::string file = byte_level_file().dump();
  EXPECT_TRUE(Tokenizer::parse(file, label, 9));
  expect_refused(file, "added_tokens[0].id: found 8, expected a whole number from 0 to 7", "added",
                 8);
  expect_refused(mark_file().dump(), "model.vocab", "of the model", 5);
}

// Whatever a spoilt file is taken for, using it must not crash either.
void use(const Tokenizer& tokenizer) {
  for (const bool special : {false, true}) {
    const auto ids = tokenizer.encode("a b abc\n <s>12 <pad> \xE2\x96\x81\xC3\xA9<|end|>", special);
    if (ids) (void)tokenizer.decode(*ids, special);
  }
  for (Token id = -1; id <= std::min(tokenizer.size(), 20); ++id)
    EXPECT_EQ(core::find_invalid_utf8(tokenizer.token_text(id)), std::string::npos);
}

// Counts the files refused.
int try_out(const std::string& text) {
  const auto tokenizer = Tokenizer::parse(text, label);
  if (tokenizer) {
    use(*tokenizer);
    return 0;
  }
  const auto& error = tokenizer.error();
  EXPECT_EQ(error.kind, ErrorKind::input) << error.message;
  EXPECT_EQ(error.message.find('\n'), std::string::npos) << error.message;
  EXPECT_EQ(core::find_invalid_utf8(error.message), std::string::npos);
  return 1;
}

std::string spoil_bytes(std::string text, std::mt19937_64& random) {
  for (auto left = 1 + random() % 4; left > 0; --left) {
    const std::size_t at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, 1 + random() % 8);
        break;
      case 2:
        text.insert(at, text.substr(random() % text.size(), random() % 12));
        break;
      default:
        text[at] = R"({}[]",:01)"[random() % 9];
        break;
    }
    if (text.empty()) text = "{";
  }
  return text;
}

// Puts one value of the file, or an odd one, in the place of another.
json spoil_values(json file, std::mt19937_64& random) {
  static const json odd = json::parse(
      R"([null, true, -1, 0, 7, 1048575, 1e300, "", "a", "a b", "▁", "ByteLevel", [], {}, [[]],
          {"type": "Sequence"}, {"type": "Metaspace", "replacement": "▁"}])");
  const json flat = file.flatten();
  const auto any = [&] {
    return std::next(flat.begin(), static_cast<long>(random() % flat.size()));
  };
  for (auto left = 1 + random() % 3; left > 0; --left) {
    json::json_pointer place(any().key());
    if (random() % 3 == 0 && !place.empty()) place = place.parent_pointer();
    const json value = random() % 2 == 0 ? odd[random() % odd.size()] : any().value();
    if (file.contains(place)) file[place] = value;
  }
  return file;
}

TEST(TokenizerMalformed, SeededMutationsNeverCrash) {
  int refused = 0;
  std::mt19937_64 random(77);
  const std::vector<json> files = {byte_level_file(), mark_file()};
  for (int i = 0; i < 1500; ++i) {
    const json& file = files[static_cast<std::size_t>(i) % files.size()];
    refused += try_out(spoil_bytes(file.dump(), random));
    refused += try_out(spoil_values(file, random).dump());
  }
  EXPECT_GT(refused, 1000) << "the mutations hardly spoil anything";
  EXPECT_LT(refused, 3000) << "every mutation is refused, so nothing behind the reader is tried";
}

}  // namespace
}  // namespace kv::test
