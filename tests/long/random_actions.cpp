#include "tests/long/random_actions.h"

#include <limits>

#include "app/logic/session.h"

namespace kv::test {
namespace {

namespace act = app::act;

constexpr const char* models[] = {
    "tiny",  "other", "ids",
    "short", "bad",   "random:width=24,layers=2,heads=3,ffn=8,vocab=16,context=40"};
constexpr const char* texts[] = {"",           "one two three",
                                 "a",          "one two thirteen",
                                 "one two 猫", "\xD0\xBA\xD0\xBE\xD1\x82 сидит",
                                 "\n\n  \t",   "한국어 문장"};
constexpr const char* scenarios[] = {"",
                                     "width=16 heads=2 n=40 padded=on of=step",
                                     "model=llama-3-8b n=1M part=all",
                                     "width=8 layers=1 heads=2 n=30 page=draw",
                                     "page=drill seed=9",
                                     "n=0",
                                     "model=deepseek-v3 page=memory batch=64",
                                     "page=roofline pairs=visible machine=here",
                                     "page=machine"};
constexpr int commands = static_cast<int>(app::Command::cancel_work) + 1;

}  // namespace

std::string RandomActions::text() {
  std::string made = texts[below(std::size(texts))];
  for (int i = below(4); i > 0; --i) made += texts[below(std::size(texts))];
  return made;
}

// A point of the picture, or a part that need not exist.
scene::PartId RandomActions::part_of(const scene::Scene& shown) {
  if (chance(12))
    return {.kind = static_cast<scene::PartKind>(below(static_cast<int>(scene::PartKind::count_))),
            .side = chance(2) ? core::Side::cached : core::Side::uncached,
            .a = below(200) - 50,
            .b = below(200) - 50};
  if (shown.places.empty()) return {};
  const auto& place =
      shown.places[static_cast<std::size_t>(below(static_cast<int>(shown.places.size())))];
  const auto share = [&] { return static_cast<float>(below(1000)) / 1000; };
  return scene::hit_test(
      shown, {place.rect.x + share() * place.rect.w, place.rect.y + share() * place.rect.h});
}

app::Action RandomActions::action(const Bench& bench, const scene::Scene& shown) {
  switch (below(23)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
      return act::Do{static_cast<app::Command>(below(commands))};
    case 8:
    case 9:
    case 10:
      return act::Click{part_of(shown)};
    case 11:
      return act::Hover{part_of(shown),
                        {static_cast<float>(below(2000)), static_cast<float>(below(1200))}};
    case 12:
      return act::Wheel{part_of(shown), static_cast<float>(below(21) - 10)};
    case 13:
      return act::Scrub{chance(20) ? std::numeric_limits<float>::quiet_NaN()
                                   : static_cast<float>(below(1200) - 100) / 1000};
    case 14:
      return act::GoTo{{.step = below(120) - 10,
                        .layer = below(8) - 2,
                        .operation = static_cast<scene::Operation>(below(scene::operation_count)),
                        .t = static_cast<float>(below(100)) / 100}};
    case 15:
      if (chance(2)) return act::SetPrompt{text()};
      return act::SetPromptTokens{
          std::vector<core::Token>(static_cast<std::size_t>(below(30)), below(40))};
    case 16:
      if (chance(2)) return act::ForceToken{below(20) - 2, below(700)};
      return act::SetSampling{{.temperature = below(30) / 10.0 - 0.2,
                               .top_k = below(9),
                               .top_p = below(12) / 10.0,
                               .seed = static_cast<std::uint64_t>(below(5))}};
    case 17: {
      if (!chance(3)) return act::SetPace{static_cast<scene::Pace>(below(scene::pace_count))};
      app::Settings settings = bench.state().settings;
      settings.reduced_motion = chance(4);
      settings.speed = below(100) / 10.0 - 1;
      settings.font_scale = below(40) / 10.0 - 0.5;
      settings.high_contrast = chance(3);
      return act::SetSettings{settings};
    }
    case 22:
      return act::SetScenario{scenarios[below(std::size(scenarios))]};
    case 20:
      return act::GoToBeat{below(4) - 1, below(5) - 1};
    case 21:
      if (chance(2)) return act::Drag{part_of(shown)};
      return act::Stroke{{static_cast<float>(below(2000)), static_cast<float>(below(1200))},
                         chance(3)};
    case 18: {
      if (!chance(8)) return act::Say{text()};
      std::string session = bench.state().now.run ? to_json(app::session_of(bench.state())) : "{}";
      if (chance(2))
        session.resize(static_cast<std::size_t>(below(static_cast<int>(session.size()) + 1)));
      return act::OpenSession{session, "soak.kvscope.json"};
    }
    default:
      if (!chance(6)) return act::SetSpeed{below(80) / 10.0};
      return act::LoadModel{models[below(std::size(models))]};
  }
}

void RandomActions::act(Bench& bench, const scene::Scene& shown) {
  const app::Action next = action(bench, shown);
  bench.act_only(next);
  // Measuring takes seconds each time, and executing as much: here a little of it is enough.
  bench.edit().lab.wanted.clear();
  bench.edit().lab.flop_budget = 1e6;
  // Sometimes the worker has not caught up before the next thing is done.
  if (!chance(4)) bench.settle();
  // Under a dark screen or a page of help there is little to do.
  if (!chance(20) && bench.state().view.blank) bench.press(app::Command::toggle_blank);
  if (!chance(20) && bench.state().view.overlay != scene::Overlay::none)
    bench.press(app::Command::escape);
  if (chance(60) && bench.state().now.run) bench.take_steps(below(40));
  if (chance(5)) bench.pass(below(30) / 60.0);
}

}  // namespace kv::test
