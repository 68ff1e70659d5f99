// gui and render, as somebody's script would call them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/run_program.h"
#include "tests/support/scratch_folder.h"
#include "viz/gl/image.h"

namespace kv::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Nothing of the tester's own: no display, no settings.
RunOptions headless(const ScratchFolder& folder) {
  return {.env = {{"DISPLAY", std::nullopt},
                  {"WAYLAND_DISPLAY", std::nullopt},
                  {"XDG_CONFIG_HOME", folder.path().string()}},
          .cwd = folder.path()};
}

void expect_refusal(const RunResult& result, int status, const std::string& words) {
  EXPECT_EQ(result.status, status) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  EXPECT_THAT(result.err, HasSubstr(words));
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Pictures : public testing::Test {
 protected:
  RunResult render(std::vector<std::string> args) const {
    args.insert(args.begin(), "render");
    return run_program(args, headless(folder_));
  }
  RunResult explore(std::vector<std::string> args) const {
    args.insert(args.begin(), {"--place", "explore", "--model", "pocket"});
    return render(args);
  }
  // A program that is found instead of the real ffmpeg.
  RunOptions with_ffmpeg(const std::string& script) const {
    folder_.write("bin/ffmpeg", "#!/bin/sh\n" + script);
    fs::permissions(folder_.path() / "bin/ffmpeg", fs::perms::owner_all);
    RunOptions options = headless(folder_);
    options.env["PATH"] = (folder_.path() / "bin").string();
    return options;
  }
  // Asked to end when it has had time to begin, also where the tests themselves outlive a SIGHUP.
  RunResult interrupt(const std::string& signal, const std::vector<std::string>& args,
                      const RunOptions& options) const {
    std::vector<std::string> words{"timeout",
                                   "--foreground",
                                   "--preserve-status",
                                   "-s",
                                   signal,
                                   "2",
                                   "/usr/bin/env",
                                   "--default-signal=SIGHUP",
                                   KVSCOPE_PROGRAM,
                                   "render",
                                   "--place",
                                   "explore",
                                   "--size",
                                   "640x480"};
    words.insert(words.end(), args.begin(), args.end());
    return kv::test::run(words, options);
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path()), {}));
  }
  // The PNG that these arguments give.
  gl::Image picture(std::vector<std::string> args) const {
    args.insert(args.end(), {"--size", "1300x900", "--out", "p.png"});
    const RunResult result = explore(args);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_EQ(result.out + result.err, "");
    const auto image = gl::decode_png(bytes_of(folder_.path() / "p.png"), "p.png");
    return image ? *image : gl::Image{};
  }
  ScratchFolder folder_{"kvscope pictures"};
};

TEST_F(Pictures, BareWithoutADisplayNamesWhatWorks) {
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{}, {"gui"}, {"--model", "pocket"}, {"gui", "--lang", "ko"}})
    expect_refusal(run_program(args, headless(folder_)), 3, "render, decode");
}

TEST_F(Pictures, ADisplayThatIsNotThereIsToldInOneLine) {
  RunOptions options = headless(folder_);
  options.env["DISPLAY"] = ":31999";
  expect_refusal(run_program({}, options), 3, "display");
}

TEST_F(Pictures, GuiRefusesWhatItDoesNotKnow) {
  const RunOptions options = headless(folder_);
  expect_refusal(run_program({"gui", "--lesson", "no-such"}, options), 2, "--lesson");
  expect_refusal(run_program({"--lang", "fr"}, options), 2, "--lang");
  expect_refusal(run_program({"--theme", "blue"}, options), 2, "--theme");
  expect_refusal(run_program({"--scale", "9"}, options), 2, "--scale");
}

TEST_F(Pictures, RenderNeedsAPlaceAndAFile) {
  expect_refusal(render({"--out", "a.png"}), 2, "--place");
  expect_refusal(render({"--place", "explore"}), 2, "--out");
  expect_refusal(render({"--place", "moon", "--out", "a.png"}), 2, "--place");
  expect_refusal(render({"--place", "explore", "--session", "s", "--out", "a.png"}), 2,
                 "--session");
  expect_refusal(render({"--session", "s", "--prompt", "x", "--out", "a.png"}), 2, "--session");
  expect_refusal(explore({"--out", "a.jpg"}), 2, ".png, .svg, .gif or .mp4");
}

TEST_F(Pictures, RenderSaysWhatDoesNotFit) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--size", "10x10"}, "--size"},      {{"--size", "1920"}, "--size"},
      {{"--size", "99999x100"}, "--size"},  {{"--size", "1920x1080x"}, "--size"},
      {{"--op", "magic"}, "weighted_sum"},  {{"--op", "scores", "--step", "0"}, "--step 0"},
      {{"--step", "-1"}, "--step"},         {{"--step", "100000"}, "--step"},
      {{"--layer", "0"}, "--layer"},        {{"--layer", "3"}, "expected 1 to 2"},
      {{"--head", "3"}, "expected 1 to 2"}, {{"--seconds", "-1"}, "--seconds"},
      {{"--lang", "fr"}, "--lang"},         {{"--tokens", "1,x"}, "x"},
      {{"--tokens", "99999"}, "99999"},     {{"--tokens", "1", "--prompt", "a"}, "--prompt"},
  };
  for (auto [args, words] : cases) {
    args.insert(args.end(), {"--out", "a.png"});
    expect_refusal(explore(args), 2, words);
  }
  expect_refusal(
      render({"--place", "explore", "--model", "random:", "--prompt", "hello", "--out", "a.png"}),
      2, "tokenizer");
  EXPECT_FALSE(fs::exists(folder_.path() / "a.png"));
}

TEST_F(Pictures, BadFilesAreInputErrors) {
  expect_refusal(render({"--place", "explore", "--model", "/no/such", "--out", "a.png"}), 4,
                 "/no/such");
  expect_refusal(render({"--session", "none.json", "--out", "a.png"}), 4, "none.json");
  folder_.write("bad.json", R"({"version": 1, "model": 3})");
  expect_refusal(render({"--session", "bad.json", "--out", "a.png"}), 4, "model");
  folder_.write("new.json", R"({"version": 99})");
  expect_refusal(render({"--session", "new.json", "--out", "a.png"}), 4, "newer");
  expect_refusal(explore({"--out", "no/such/folder/a.png"}), 3, "no/such/folder");
}

TEST_F(Pictures, ThePngHasTheSizeAskedForAndIsTheSameEveryTime) {
  const gl::Image first = picture({});
  EXPECT_EQ(first.width, 1300);
  EXPECT_EQ(first.height, 900);
  EXPECT_EQ(first, picture({}));
}

TEST_F(Pictures, EveryOptionShows) {
  const gl::Image plain = picture({"--step", "3"});
  const std::vector<std::vector<std::string>> options = {{"--layer", "2"},
                                                         {"--head", "2"},
                                                         {"--op", "scores"},
                                                         {"--heat"},
                                                         {"--log-log"},
                                                         {"--pace", "operation"},
                                                         {"--lang", "zh"},
                                                         {"--theme", "light"},
                                                         {"--high-contrast"},
                                                         {"--scale", "0.8"},
                                                         {"--seconds", "1"},
                                                         {"--tokens", "5,6,7"},
                                                         {"--prompt", "Snow falls and"}};
  for (std::vector<std::string> args : options) {
    const std::string name = args.front();
    args.insert(args.end(), {"--step", "3"});
    EXPECT_NE(picture(args), plain) << name;
  }
  EXPECT_NE(picture({"--step", "2"}), plain);
  EXPECT_NE(picture({"--step", "0"}), plain);
}

// Tokens that begin like the prompt that stands there otherwise are tokens like any others.
TEST_F(Pictures, TokensMayBeginLikeTheUsualPrompt) {
  const RunResult result =
      run_program({"render", "--place", "explore", "--model", "random:width=16,vocab=64",
                   "--tokens", "1,2,3,4,5,6", "--size", "640x480", "--out", "t.png"},
                  headless(folder_));
  EXPECT_EQ(result.status, 0) << result.err;
}

TEST_F(Pictures, SvgHasTheWords) {
  const RunResult result = explore({"--step", "2", "--lang", "ru", "--out", "p.svg"});
  EXPECT_EQ(result.status, 0) << result.err;
  const std::string svg = bytes_of(folder_.path() / "p.svg");
  EXPECT_THAT(svg, testing::StartsWith("<svg xmlns="));
  EXPECT_THAT(svg, testing::EndsWith("</svg>\n"));
  EXPECT_THAT(svg, HasSubstr("БЕЗ КЭША"));
  EXPECT_THAT(svg, HasSubstr("<pattern id="));
}

TEST_F(Pictures, FilmsNeedFfmpegAndSaySo) {
  RunOptions options = headless(folder_);
  options.env["PATH"] = (folder_.path() / "empty").string();
  for (const char* out : {"a.gif", "a.mp4"}) {
    expect_refusal(run_program({"render", "--place", "explore", "--model", "pocket", "--seconds",
                                "0.2", "--size", "640x480", "--out", out},
                               options),
                   3, "ffmpeg");
    EXPECT_FALSE(fs::exists(folder_.path() / out));
  }
}

TEST_F(Pictures, FilmsAreWrittenWhole) {
  if (run({"ffmpeg", "-version"}).status != 0) GTEST_SKIP() << "ffmpeg is not installed";
  for (const auto& [out, begin] : {std::pair{"a.gif", "GIF89a"}, std::pair{"a.mp4", "ftyp"}}) {
    const RunResult result = explore({"--seconds", "0.5", "--size", "641x481", "--out", out});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(bytes_of(folder_.path() / out).substr(0, 12), HasSubstr(begin));
  }
  // Nothing is left beside them.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), {}), 2);
}

TEST_F(Pictures, WhatFfmpegComplainsOfIsToldInOneLine) {
  // As one built without the encoder would.
  const RunOptions options = with_ffmpeg("echo first >&2\necho 'Unknown encoder' >&2\nexit 1\n");
  expect_refusal(run_program({"render", "--place", "explore", "--model", "pocket", "--seconds",
                              "0.2", "--size", "640x480", "--out", "a.mp4"},
                             options),
                 3, "Unknown encoder");
  EXPECT_FALSE(fs::exists(folder_.path() / "a.mp4"));
}

// ffmpeg ends with 0 if the disk is full when it comes to the film's last bytes.
TEST_F(Pictures, AFilmThatFfmpegCouldNotWriteReplacesNone) {
  folder_.write("a.mp4", "old");
  const std::pair<const char*, const char*> cases[] = {
      {"for out; do :; done\necho film > \"${out#file:}\"\n/bin/cat > /dev/null\n"
       "echo 'Error writing trailer: No space left on device' >&2\n",
       "No space left"},
      {"/bin/cat > /dev/null\n", "nothing"}};
  for (const auto& [script, words] : cases) {
    expect_refusal(run_program({"render", "--place", "explore", "--model", "pocket", "--seconds",
                                "0.2", "--size", "640x480", "--out", "a.mp4"},
                               with_ffmpeg(script)),
                   3, words);
    EXPECT_EQ(bytes_of(folder_.path() / "a.mp4"), "old");
    EXPECT_EQ(files(), 2U);  // and the stand-in's folder
  }
}

TEST_F(Pictures, AFilmMayLieUnderAnyName) {
  if (run({"ffmpeg", "-version"}).status != 0) GTEST_SKIP() << "ffmpeg is not installed";
  for (const char* folder : {"http:", "-y"}) {
    fs::create_directory(folder_.path() / folder);
    const std::string out = std::string(folder) + "/-a:b.gif";
    const RunResult result = explore({"--seconds", "0.2", "--size", "640x480", "--out=" + out});
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(bytes_of(folder_.path() / out), testing::StartsWith("GIF89a"));
  }
}

TEST_F(Pictures, AFilmIsNotWrittenIntoADevice) {
  fs::create_symlink("/dev/null", folder_.path() / "a.mp4");
  expect_refusal(explore({"--seconds", "0.2", "--size", "640x480", "--out", "a.mp4"}), 3,
                 "regular file");
}

TEST_F(Pictures, AnInterruptedFilmLeavesNothing) {
  // It takes no picture, so that the program waits for it.
  const RunOptions options = with_ffmpeg("exec /bin/sleep 600\n");
  folder_.write("a.mp4", "old");
  for (const char* signal : {"INT", "TERM", "HUP"}) {
    const RunResult result = interrupt(signal, {"--model", "pocket", "--out", "a.mp4"}, options);
    EXPECT_FALSE(result.timed_out);
    EXPECT_EQ(result.status, 130) << result.err;
    EXPECT_EQ(bytes_of(folder_.path() / "a.mp4"), "old");
    EXPECT_EQ(files(), 2U);
  }
}

TEST_F(Pictures, AStillInterruptedWhileItIsPlayedReplacesNone) {
  folder_.write("a.png", "old");
  const RunResult result =
      interrupt("INT",
                {"--model", "random:width=256,layers=8,context=8192", "--tokens", "1,2,3", "--pace",
                 "token", "--seconds", "600", "--out", "a.png"},
                headless(folder_));
  EXPECT_EQ(result.status, 130) << result.err;
  EXPECT_EQ(bytes_of(folder_.path() / "a.png"), "old");
}

}  // namespace
}  // namespace kv::test
