// Sessions and settings: what comes back is what was there, and bad files say what is wrong.
#include "app/logic/session.h"

#include <nlohmann/json.hpp>
#include <random>

#include "tests/logic/bench.h"

namespace kv::test {
namespace {

using app::Command;
using app::Session;
using app::Settings;
namespace act = app::act;
using Json = nlohmann::json;

int between(std::mt19937_64& random, int least, int most) {
  return std::uniform_int_distribution(least, most)(random);
}

std::string any_text(std::mt19937_64& random) {
  static const char* pieces[] = {
      "a", " ", "\n",  "\"", "\\", "\xC3\xA9", "\xE4\xBD\xA0", "\x01", "\xF0\x9F\x98\x80",
      "{", "/", "\x7F"};
  std::string text;
  for (int i = between(random, 0, 20); i > 0; --i) text += pieces[between(random, 0, 11)];
  return text;
}

Session any_session(std::mt19937_64& random) {
  Session s;
  s.model = "m" + any_text(random);
  s.prompt = any_text(random);
  for (int i = between(random, 1, 9); i > 0; --i)
    s.prompt_tokens.push_back(between(random, 0, 99999));
  s.sampling = {.temperature = std::uniform_real_distribution(0.0, 100.0)(random),
                .top_k = between(random, 0, 1000),
                .top_p = std::uniform_real_distribution(1e-9, 1.0)(random),
                .seed = random()};
  s.steps = between(random, 0, 5000);
  for (int i = between(random, 0, 4); i > 0; --i)
    s.forced.emplace_back(between(random, 0, 5000), between(random, 0, 99999));
  s.moment.step = between(random, 0, 5000);
  s.moment.operation =
      static_cast<scene::Operation>(between(random, 0, scene::operation_count - 1));
  s.moment.layer = scene::in_layer(s.moment.operation) ? between(random, 0, 255) : 0;
  s.moment.t = std::uniform_real_distribution<float>(0, 1)(random);
  s.pace = static_cast<scene::Pace>(between(random, 0, scene::pace_count - 1));
  s.layer = between(random, 0, 255);
  s.head = between(random, 0, 255);
  s.heat = between(random, 0, 1) == 1;
  s.chart = {.log_log = between(random, 0, 1) == 1, .component = between(random, -1, 7)};
  return s;
}

TEST(SessionFile, ComesBackAsItWasWritten) {
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 2000; ++trial) {
    const Session session = any_session(random);
    const auto back = app::parse_session(app::to_json(session), "s");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, session);
  }
}

TEST(SettingsFile, ComesBackAsItWasWritten) {
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 1000; ++trial) {
    Settings settings;
    settings.language = static_cast<scene::Language>(between(random, 0, 3));
    settings.theme = static_cast<scene::Theme>(between(random, 0, 1));
    settings.font_scale = std::uniform_real_distribution(0.7, 2.0)(random);
    settings.high_contrast = between(random, 0, 1) == 1;
    settings.reduced_motion = between(random, 0, 1) == 1;
    settings.speed = std::uniform_real_distribution(0.25, 8.0)(random);
    for (int i = between(random, 0, 12); i > 0; --i)
      settings.recent_models.push_back(any_text(random));
    const auto back = app::parse_settings(app::to_json(settings), "s");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, settings);
  }
}

TEST(SettingsFile, LeavesOutFoldersWhoseNamesAreNoText) {
  Settings settings;
  settings.recent_models = {"good", "bad\xFF", "fine"};
  const auto back = app::parse_settings(app::to_json(settings), "s");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->recent_models, (std::vector<std::string>{"good", "fine"}));
  Session session{.model = "bad\xFF", .prompt_tokens = {1}};
  EXPECT_TRUE(app::parse_session(app::to_json(session), "s"));  // and no exception
}

// A good session with one member replaced; null removes it.
std::string with(std::string_view pointer, const Json& value) {
  std::mt19937_64 random(3);
  Json json = Json::parse(app::to_json(any_session(random)));
  const Json::json_pointer at{std::string(pointer)};
  if (value.is_null())
    json.at(at.parent_pointer()).erase(at.back());
  else
    json[at] = value;
  return json.dump();
}

TEST(SessionFile, EveryFieldIsChecked) {
  struct Case {
    const char* pointer;
    Json value;
    const char* message;
  };
  const Case cases[] = {
      {"/version", nullptr, "version: found nothing, expected a whole number from 1 up"},
      {"/version", 0, "version: found 0"},
      {"/version", "1", "version: found \"1\""},
      {"/version", 1.5, "version: found 1.5"},
      {"/version", 2, "version: found 2, expected at most 1: a newer kvscope wrote this file"},
      {"/model", nullptr, "model: found nothing"},
      {"/model", "", "model: found an empty text"},
      {"/model", 5, "model: found 5"},
      {"/model", std::string(5000, 'x'), "model: found"},
      {"/prompt", 1, "prompt: found 1"},
      {"/prompt_tokens", nullptr, "prompt_tokens: found nothing"},
      {"/prompt_tokens", Json::array(), "prompt_tokens: found none"},
      {"/prompt_tokens", "1,2", "prompt_tokens: found \"1,2\""},
      {"/prompt_tokens/0", -1, "prompt_tokens: found -1"},
      {"/prompt_tokens/0", 1e9, "prompt_tokens: found 1000000000.0"},
      {"/sampling", 3, "sampling: found 3, expected an object"},
      {"/sampling/temperature", -0.5, "sampling.temperature: found -0.5"},
      {"/sampling/temperature", "hot", "sampling.temperature: found \"hot\""},
      {"/sampling/top_k", -1, "sampling.top_k: found -1"},
      {"/sampling/top_p", 0, "sampling.top_p: found 0"},
      {"/sampling/top_p", 1.5, "sampling.top_p: found 1.5"},
      {"/sampling/seed", -4, "sampling.seed: found -4"},
      {"/sampling/speed", 1, "sampling.\"speed\": found 1, expected no such field"},
      {"/steps", -1, "steps: found -1"},
      {"/steps", 2.5, "steps: found 2.5"},
      {"/forced", 1, "forced: found 1"},
      {"/forced/0", 1, "forced: found something else, expected pairs"},
      {"/forced/0", Json::array({1}), "forced: found something else, expected pairs"},
      {"/forced/0", Json::array({-1, 2}), "forced: found -1"},
      {"/forced/0", Json::array({1, "x"}), "forced: found \"x\""},
      {"/moment", Json::array(), "moment: found []"},
      {"/moment/step", "x", "moment.step: found \"x\""},
      {"/moment/layer", 256, "moment.layer: found 256"},
      {"/moment/operation", "attention", "moment.operation: found \"attention\", expected one of"},
      {"/moment/t", 2, "moment.t: found 2, expected a number from 0.0 to 1.0"},
      {"/moment/x", true, "moment.\"x\": found true, expected no such field"},
      {"/pace", "hour", "pace: found \"hour\", expected one of token, layer, operation"},
      {"/pace", 1, "pace: found 1"},
      {"/layer", 256, "layer: found 256"},
      {"/head", -1, "head: found -1"},
      {"/heat", 1, "heat: found 1, expected true or false"},
      {"/chart", "log", "chart: found \"log\", expected an object"},
      {"/chart/log_log", 0, "chart.log_log: found 0"},
      {"/chart/component", 8, "chart.component: found 8, expected a whole number from -1 to 7"},
      {"/chart/component", -2, "chart.component: found -2"},
      {"/extra", 1, "\"extra\": found 1, expected no such field"},
  };
  for (const Case& c : cases) {
    const auto session = app::parse_session(with(c.pointer, c.value), "file.kvscope.json");
    ASSERT_FALSE(session) << c.pointer << " " << c.value;
    EXPECT_EQ(session.error().kind, core::ErrorKind::input);
    const std::string& message = session.error().message;
    EXPECT_TRUE(message.starts_with("file.kvscope.json: " + std::string(c.message))) << message;
  }
}

TEST(SessionFile, LacksOnlyWhatHasADefault) {
  const auto session = app::parse_session(R"({"version":1,"model":"m","prompt_tokens":[3]})", "s");
  ASSERT_TRUE(session) << session.error().message;
  EXPECT_EQ(*session, (Session{.model = "m", .prompt_tokens = {3}}));
}

TEST(SettingsFile, EveryFieldIsChecked) {
  for (const char* text :
       {R"({"version":1,"language":"de"})", R"({"version":1,"theme":"blue"})",
        R"({"version":1,"font_scale":0.1})", R"({"version":1,"font_scale":"big"})",
        R"({"version":1,"high_contrast":1})", R"({"version":1,"reduced_motion":"no"})",
        R"({"version":1,"speed":9})", R"({"version":1,"recent_models":{}})",
        R"({"version":1,"recent_models":[1]})", R"({"version":2})", R"({})", "[]", "", "nonsense",
        R"({"version":1,"unknown":1})", R"({"version":1,"speed":1,"speed":2})"}) {
    const auto settings = app::parse_settings(text, "settings.json");
    ASSERT_FALSE(settings) << text;
    EXPECT_TRUE(settings.error().message.starts_with("settings.json")) << settings.error().message;
  }
}

TEST(SessionFile, BrokenTextNeverCrashes) {
  std::mt19937_64 random(4);
  const std::string good = app::to_json(any_session(random));
  for (int trial = 0; trial < 3000; ++trial) {
    std::string text = good;
    for (int i = between(random, 1, 4); i > 0; --i) {
      const auto at =
          static_cast<std::size_t>(between(random, 0, static_cast<int>(text.size()) - 1));
      switch (between(random, 0, 2)) {
        case 0:
          text[at] = static_cast<char>(between(random, 0, 255));
          break;
        case 1:
          text.erase(at, static_cast<std::size_t>(between(random, 1, 9)));
          break;
        default:
          text.insert(at, std::string(1, "{}[],:\"0-9e."[between(random, 0, 11)]));
      }
      if (text.empty()) text = "{";
    }
    const auto session = app::parse_session(text, "s");
    if (!session) {
      EXPECT_TRUE(session.error().message.starts_with("s")) << session.error().message;
    }
  }
}

// Everything a session is meant to bring back.
void expect_same_place(const Bench& a, const Bench& b) {
  EXPECT_EQ(a.tokens(), b.tokens());
  EXPECT_EQ(a.moment(), b.moment());
  EXPECT_EQ(a.state().now.prompt_text, b.state().now.prompt_text);
  EXPECT_EQ(a.run().sampling, b.run().sampling);
  EXPECT_EQ(a.state().view.layer, b.state().view.layer);
  EXPECT_EQ(a.state().view.head, b.state().view.head);
  EXPECT_EQ(a.state().view.heat, b.state().view.heat);
  EXPECT_EQ(a.state().view.chart, b.state().view.chart);
  EXPECT_EQ(a.state().playback.pace, b.state().playback.pace);
}

// A run with a bit of everything.
Bench worked_on() {
  Bench bench("tiny");
  bench.act(act::SetPrompt{"two seven"});
  bench.take_steps(4);
  bench.act(act::ForceToken{2, 44});
  bench.take_steps(2);
  bench.act(act::SetSampling{{.temperature = 3, .top_k = 50, .top_p = 0.95, .seed = 9}});
  bench.take_steps(3);
  bench.press(Command::layer_up);
  bench.click(scene::PartKind::head_thumbnail, 2);
  bench.press(Command::toggle_heat);
  bench.press(Command::toggle_chart_scale);
  bench.click(scene::PartKind::component, 3);
  bench.act(act::SetPace{scene::Pace::operation});
  bench.act(act::GoTo{{.step = 5, .layer = 1, .operation = scene::Operation::softmax, .t = 0.4F}});
  return bench;
}

TEST(Session, OpensWhereItWasLeft) {
  const Bench before = worked_on();
  const std::string text = app::to_json(app::session_of(before.state()));
  Bench same("tiny");
  same.act(act::OpenSession{text, "s"});
  expect_same_place(before, same);
  Bench other("other");  // loads the session's model first
  other.act(act::OpenSession{text, "s"});
  EXPECT_EQ(other.state().now.model.name, "tiny");
  expect_same_place(before, other);
  EXPECT_EQ(other.state().undo.size(), 1U);
  other.press(Command::undo);
  EXPECT_EQ(other.state().now.model.name, "other");
  Bench empty;
  empty.act(act::OpenSession{text, "s"});
  expect_same_place(before, empty);
  EXPECT_TRUE(is_sound(empty.state()));
}

TEST(Session, SavedAgainIsTheSame) {
  const Bench before = worked_on();
  const Session session = app::session_of(before.state());
  Bench bench("tiny");
  bench.act(act::OpenSession{app::to_json(session), "s"});
  Session again = app::session_of(bench.state());
  // Steps of other sampling come back as chosen by hand.
  EXPECT_EQ(again, session);
}

TEST(Session, SavedWhileItsStepsAreComputedLosesNone) {
  const Session session = app::session_of(worked_on().state());
  Bench bench("tiny");
  bench.act_only(act::OpenSession{app::to_json(session), "s"});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(app::session_of(bench.state()), session) << i;
    EXPECT_TRUE(is_sound(bench.state()));
    bench.act_only(act::Finished{bench.work_once()});
  }
}

TEST(Session, WhoeverMovesMeanwhileIsNotMovedBack) {
  const Session session = app::session_of(worked_on().state());
  Bench bench("tiny");
  bench.act_only(act::OpenSession{app::to_json(session), "s"});
  for (int i = 0; i < 3; ++i) bench.act_only(act::Finished{bench.work_once()});
  bench.act_only(act::Do{Command::first});
  bench.settle();
  EXPECT_EQ(bench.moment(), scene::rest_after(0));
  EXPECT_EQ(bench.steps(), session.steps);
}

TEST(Session, RefusedOnesChangeNothing) {
  Session session = app::session_of(worked_on().state());
  Bench bench("other");
  bench.take_steps(2);
  const auto before = bench.state().now.run;
  const auto refused = [&](const std::string& text, std::string_view word) {
    bench.act(act::OpenSession{text, "s.kvscope.json"});
    EXPECT_TRUE(bench.says(word)) << word;
    EXPECT_EQ(bench.state().now.run, before);
    EXPECT_TRUE(bench.state().undo.empty());
    EXPECT_EQ(bench.state().loading, "");
  };
  refused("{", "s.kvscope.json");
  refused(R"({"version":7,"model":"x"})", "newer kvscope");
  Session wrong = session;
  wrong.model = "bad";
  refused(app::to_json(wrong), "expected a model");
  for (const char* model : {"other", "tiny"}) {
    wrong = session;
    wrong.model = model;
    wrong.prompt_tokens = {100000};
    refused(app::to_json(wrong), "100000");
    wrong = session;
    wrong.model = model;
    wrong.forced = {{1, 99999}};
    refused(app::to_json(wrong), "99999");
    wrong = session;
    wrong.model = model;
    wrong.steps = 5000;
    refused(app::to_json(wrong), "5000");
  }
}

TEST(Session, APlaceOutsideIsClamped) {
  Session session = app::session_of(worked_on().state());
  session.layer = 200;
  session.head = 200;
  session.moment = {.step = 4000, .layer = 100, .operation = scene::Operation::mlp, .t = 1};
  Bench bench("tiny");
  bench.act(act::OpenSession{app::to_json(session), "s"});
  EXPECT_TRUE(is_sound(bench.state()));
  EXPECT_EQ(bench.moment(), scene::rest_after(session.steps));
  EXPECT_EQ(bench.state().view.layer, 2);
  EXPECT_EQ(bench.state().view.head, 3);
}

}  // namespace
}  // namespace kv::test
