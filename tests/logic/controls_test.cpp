// The laboratory's controls: whatever is moved, the scenario stays one.
#include "app/logic/lab/controls.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "app/logic/lab/control_change.h"
#include "app/logic/lab/control_scale.h"
#include "app/logic/lab/own_sizes.h"
#include "app/logic/lab/scenario_names.h"
#include "core/base/random.h"
#include "tests/logic/scenario_samples.h"

namespace kv::test {
namespace {

using app::ControlId;
using scene::ControlView;
using scene::LabPage;
using scene::Language;
using scene::Scenario;

constexpr int control_count = static_cast<int>(ControlId::exponent) + 1;

Scenario read(std::string_view text) { return *app::parse_scenario(text, false, known_sizes); }

Scenario on_page(int page) {
  return read("page=" + std::string(app::page_names[static_cast<std::size_t>(page)]));
}

Scenario step(const Scenario& s, ControlId control, int by) {
  return app::stepped(s, static_cast<int>(control), by, known_sizes);
}
Scenario drag(const Scenario& s, ControlId control, double share) {
  return app::with_share(s, static_cast<int>(control), share);
}
Scenario choose(const Scenario& s, ControlId control, int option) {
  return app::with_option(s, static_cast<int>(control), option);
}

std::optional<ControlView> view_of(const Scenario& s, ControlId control,
                                   Language language = Language::en) {
  for (const ControlView& view : app::controls_of(s, language, -1))
    if (view.id == static_cast<int>(control)) return view;
  return {};
}

// What the row shows of its value.
std::string shown(const ControlView& view) {
  std::string text = view.value;
  for (int i = 0; i < static_cast<int>(view.options.size()); ++i)
    if (view.is_on(i)) text += "[" + view.options[static_cast<std::size_t>(i)] + "]";
  return text;
}

Scenario moved(const Scenario& s, std::uint64_t seed) {
  const auto bits = [&](std::uint64_t i) { return core::random_bits(seed, i); };
  const int control = static_cast<int>(bits(0) % (control_count + 3)) - 1;
  switch (bits(1) % 3) {
    case 0:
      return app::with_share(s, control, core::random_unit(seed, 2) * 1.2 - 0.1);
    case 1:
      return app::stepped(s, control, static_cast<int>(bits(3) % 7) - 3, known_sizes);
    default:
      return app::with_option(s, control, static_cast<int>(bits(4) % 15) - 1);
  }
}

TEST(Controls, MovedAnyHowKeepAValidScenario) {
  for (int page = 0; page < scene::lab_page_count; ++page) {
    Scenario s = on_page(page);
    std::set<std::string> seen;
    for (std::uint64_t i = 0; i < 2000; ++i) {
      const Scenario next = moved(s, 2000 * static_cast<std::uint64_t>(page) + i);
      ASSERT_EQ(complaint(next), "") << described(s) << described(next);
      EXPECT_EQ(next.page, s.page);
      seen.insert(described(next));
      s = next;
    }
    EXPECT_GT(seen.size(), 400U);
  }
}

TEST(Controls, FromAnyScenarioKeepAValidOne) {
  for (std::uint64_t seed = 0; seed < 1500; ++seed) {
    const Scenario s = random_scenario(seed);
    for (std::uint64_t i = 0; i < 8; ++i)
      ASSERT_EQ(complaint(moved(s, 8 * seed + i)), "") << described(s);
  }
}

TEST(Controls, ChangeWhatTheySay) {
  for (int page = 0; page < scene::lab_page_count; ++page) {
    const Scenario s = on_page(page);
    for (const ControlView& view : app::controls_of(s, Language::en, -1)) {
      const auto id = static_cast<ControlId>(view.id);
      if (view.kind == ControlView::Kind::heading || view.kind == ControlView::Kind::button ||
          id == ControlId::exponent)
        continue;
      SCOPED_TRACE(view.name);
      EXPECT_TRUE(view.enabled);
      const Scenario up = step(s, id, 1), down = step(s, id, -1);
      EXPECT_TRUE(shown(*view_of(up, id)) != shown(view) ||
                  shown(*view_of(down, id)) != shown(view));
      EXPECT_FALSE(shown(view).empty());
      for (int i = 0; i < static_cast<int>(view.options.size()); ++i) {
        const ControlView chosen = *view_of(choose(s, id, i), id);
        if (id == ControlId::ways)
          EXPECT_NE(chosen.is_on(i), view.is_on(i));
        else
          EXPECT_TRUE(chosen.is_on(i));
      }
    }
  }
}

TEST(Controls, SteppedUpAndDownReturn) {
  for (int id = 0; id < control_count; ++id) {
    const auto control = static_cast<ControlId>(id);
    if (control == ControlId::exponent) continue;
    // From the first stop to the last and back, every value met again.
    // (Sizes of its own are those of `random:` again after models were stepped through.)
    const bool model = control == ControlId::model;
    Scenario s = drag(read(model ? "padded=on" : "width=512 heads=8 padded=on"), control, 0);
    std::vector<std::string> texts{described(s)};
    for (int i = 0; i < 200; ++i) {
      s = step(s, control, 1);
      if (described(s) == texts.back()) break;
      texts.push_back(described(s));
    }
    if (texts.size() == 1) continue;  // an action
    // Of a width that fewer numbers of heads divide, the others do not come back.
    const bool sizes_follow = control == ControlId::width;
    for (std::size_t i = texts.size() - 1; i-- > 0;) {
      const Scenario before = s;
      s = step(s, control, -1);
      EXPECT_EQ(complaint(s), "");
      if (!sizes_follow) {
        EXPECT_EQ(described(s), texts[i]);
      }
      EXPECT_NE(described(s), described(before));
    }
  }
}

TEST(Controls, StepFromTheirOwnValuesAndBack) {
  for (const char* text : {"page=curves padded=on", "model=gpt2", "model=llama-3-8b page=draw",
                           "n=100k prompt=50 context=200k", "width=1024 heads=16 kv_heads=4"})
    for (int id = 0; id < control_count; ++id) {
      const auto control = static_cast<ControlId>(id);
      const Scenario s = read(text), up = step(s, control, 1);
      if (described(up) == described(s)) continue;
      const auto before = view_of(s, control), after = view_of(step(up, control, -1), control);
      if (!before || app::value_of(s, control) == 0) continue;
      EXPECT_EQ(shown(*after), shown(*before)) << text << " " << before->name;
    }
}

TEST(Scales, LeadFromShareToValueAndBack) {
  const Scenario s = read("width=512 heads=16 kv_heads=4 n=2000 prompt=7 padded=on");
  for (int id = 0; id < control_count; ++id) {
    const auto control = static_cast<ControlId>(id);
    const app::ControlScale scale = app::scale_of(s, control);
    for (std::size_t i = 0; i < scale.stops.size(); ++i) {
      const double share = scale.share_of(scale.stops[i]);
      EXPECT_TRUE(i == 0 || share > scale.share_of(scale.stops[i - 1])) << id;
      EXPECT_EQ(scale.at(share), scale.stops[i]) << id;
    }
    if (scale.stops.empty()) continue;
    EXPECT_EQ(scale.share_of(scale.stops.front()), 0);
    EXPECT_DOUBLE_EQ(scale.share_of(scale.stops.back()), 1);
    EXPECT_EQ(scale.at(-1), scale.stops.front());
    EXPECT_EQ(scale.at(2), scale.stops.back());
    EXPECT_EQ(scale.at(std::nan("")), scale.stops.front());
  }
}

TEST(Scales, AreFineToDragAndRoundToStep) {
  const Scenario s = on_page(0);
  std::set<std::int64_t> values;
  for (int per_mille = 0; per_mille <= 1000; ++per_mille)
    values.insert(drag(s, ControlId::tokens, per_mille / 1000.0).tokens);
  EXPECT_GT(values.size(), 600U);
  EXPECT_EQ(*values.begin(), 2);
  EXPECT_EQ(*values.rbegin(), 1'000'000);
  EXPECT_EQ(step(read("n=1234"), ControlId::tokens, 1).tokens, 1500);
  EXPECT_EQ(step(read("n=1234"), ControlId::tokens, -1).tokens, 1200);
  EXPECT_EQ(step(read("n=1M"), ControlId::tokens, 1).tokens, 1'000'000);
  // Half way along a logarithmic scale.
  EXPECT_EQ(drag(s, ControlId::tokens, 0.5).tokens, 1410);
}

TEST(Sizes, ThatMustDivideFollowEachOther) {
  const Scenario s = read("width=64 heads=4 kv_heads=2");
  EXPECT_EQ(step(s, ControlId::heads, 1).sizes.model.heads, 8);
  EXPECT_EQ(step(s, ControlId::heads, 1).sizes.model.kv_heads, 2);
  EXPECT_EQ(step(s, ControlId::heads, -2).sizes.model.kv_heads, 1);
  const core::ModelConfig wide = drag(s, ControlId::width, 1).sizes.model;
  EXPECT_EQ(wide.d_model, 16384);
  EXPECT_EQ(wide.heads, 32);  // no head is wider than 512
  EXPECT_EQ(wide.head_dim, 512);
  EXPECT_EQ(wide.ffn, 65536);
  EXPECT_EQ(step(read("width=64"), ControlId::heads, 1).sizes.model.kv_heads, 8);
  EXPECT_EQ(app::heads_for(12), (std::vector<std::int64_t>{1, 2, 3, 6}));
}

TEST(Sizes, BeginAsTheModelTheyLeave) {
  const Scenario s = step(read("model=llama-3-8b page=memory"), ControlId::layers, 1);
  EXPECT_EQ(s.model, "");
  EXPECT_EQ(s.sizes.model.layers, 36);
  EXPECT_EQ(s.sizes.model.d_model, 4096);
  EXPECT_EQ(s.sizes.model.kv_heads, 8);
  EXPECT_EQ(s.sizes.model.vocabulary, 128256);
  // At the end of a scale nothing changes, nor does the name.
  const Scenario same = step(read("model=llama-3-405b"), ControlId::width, 1);
  EXPECT_EQ(same.model, "llama-3-405b");
}

TEST(Sizes, OfLatentModelsStayAsPublished) {
  const Scenario s = read("model=deepseek-v3 page=memory");
  for (const ControlId control :
       {ControlId::width, ControlId::layers, ControlId::heads, ControlId::kv_heads, ControlId::ffn,
        ControlId::vocabulary, ControlId::mlp_kind}) {
    const auto view = view_of(s, control);
    ASSERT_TRUE(view);
    EXPECT_FALSE(view->enabled) << view->name;
    EXPECT_EQ(described(step(s, control, 1)), described(s));
    EXPECT_EQ(described(drag(s, control, 0.1)), described(s));
    EXPECT_EQ(described(choose(s, control, 1)), described(s));
  }
  EXPECT_EQ(view_of(s, ControlId::kv_heads)->value, "MLA");
  EXPECT_FALSE(view_of(s, ControlId::kv_heads)->note.empty());
  EXPECT_TRUE(view_of(s, ControlId::model)->enabled);
}

TEST(Sizes, OfAPlainModelHaveOneKeyHeadAHead) {
  const Scenario s = choose(read("heads=4 kv_heads=2"), ControlId::mlp_kind, 1);
  EXPECT_EQ(s.sizes.model.family, core::Family::gpt2);
  EXPECT_EQ(s.sizes.model.kv_heads, 4);
  EXPECT_FALSE(view_of(s, ControlId::kv_heads)->enabled);
  EXPECT_EQ(choose(s, ControlId::mlp_kind, 0).sizes.model.family, core::Family::llama);
}

TEST(Models, AreSteppedThroughInOrderAndRound) {
  Scenario s = read("page=curves");
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) {
    names.push_back(s.model);
    s = step(s, ControlId::model, 1);
  }
  const std::vector<std::string> first(names.begin(), names.begin() + 5);
  EXPECT_EQ(first, (std::vector<std::string>{"", "pocket", "story", "gpt2", "gpt2-medium"}));
  EXPECT_EQ(names[17], "");  // all that have a closed form, then from the beginning
  EXPECT_EQ(step(read("page=curves"), ControlId::model, -1).model, "qwen2.5-7b");
  EXPECT_EQ(step(on_page(static_cast<int>(LabPage::memory)), ControlId::model, 7).model,
            "deepseek-v2");
  // Only what can be run is measured.
  Scenario machine = on_page(static_cast<int>(LabPage::machine));
  EXPECT_FALSE(view_of(machine, ControlId::model)->note.empty());
  machine = step(machine, ControlId::model, 1);
  EXPECT_EQ(machine.model, "pocket");
  EXPECT_TRUE(view_of(machine, ControlId::model)->note.empty());
  EXPECT_EQ(step(machine, ControlId::model, 2).model, "");
}

TEST(Lengths, FollowN) {
  const Scenario s = read("n=1000 prompt=600 at=800 context=2000 padded=on");
  const Scenario shorter = step(s, ControlId::tokens, -3);
  EXPECT_EQ(shorter.tokens, 500);
  EXPECT_EQ(shorter.prompt, 500);
  EXPECT_EQ(shorter.at, 0);
  EXPECT_EQ(shorter.context, 2000);
  const Scenario longer = drag(s, ControlId::tokens, 1);
  EXPECT_EQ(longer.prompt, 600);
  EXPECT_EQ(longer.at, 800);
  EXPECT_EQ(longer.context, 0);
  EXPECT_EQ(drag(s, ControlId::prompt, 1).at, 1000);
  EXPECT_EQ(drag(s, ControlId::context, 0).context, 0);
  EXPECT_EQ(view_of(drag(s, ControlId::context, 0), ControlId::context)->value, "1,000");
}

TEST(Ways, AreTurnedOnAndOffButNeverAllOff) {
  Scenario s = read("page=curves");
  s = choose(s, ControlId::ways, 0);
  EXPECT_FALSE(s.with);
  EXPECT_TRUE(s.without);
  s = choose(s, ControlId::ways, 1);
  EXPECT_TRUE(s.without);
  s = choose(s, ControlId::ways, 2);
  EXPECT_TRUE(s.padded);
  EXPECT_TRUE(view_of(s, ControlId::context));
  EXPECT_FALSE(view_of(choose(s, ControlId::ways, 2), ControlId::context));
}

TEST(Controls, SayTheirValuesAsAPersonReadsThem) {
  const Scenario s = read("model=llama-3-8b page=memory");
  EXPECT_EQ(view_of(s, ControlId::tokens)->value, "100,000");
  EXPECT_EQ(view_of(s, ControlId::heads)->value, "32 \u00D7 128");
  EXPECT_EQ(view_of(s, ControlId::kv_heads)->value, "8 \u00B7 GQA");
  EXPECT_EQ(view_of(s, ControlId::ffn)->value, "\u00D73.5 = 14,336");
  EXPECT_EQ(view_of(read("page=curves"), ControlId::ffn)->value, "\u00D74 = 256");
  EXPECT_EQ(view_of(read("width=96 ffn=1000"), ControlId::ffn)->value, "\u00D710.42 = 1,000");
  EXPECT_EQ(view_of(s, ControlId::model)->value, "llama-3-8b");
  EXPECT_EQ(view_of(read("page=curves"), ControlId::model, Language::ru)->value, "свои размеры");
  EXPECT_EQ(view_of(read("seed=42 page=drill"), ControlId::seed)->value, "42");
}

TEST(Controls, OfEveryPageHaveNamesAndOneIsFocused) {
  for (const Language language : scene::languages)
    for (int page = 0; page < scene::lab_page_count; ++page) {
      std::map<int, int> ids;
      int focused = 0;
      const Scenario s = on_page(page);
      const auto all = app::controls_of(s, language, -1);
      for (const ControlView& view : all) {
        EXPECT_FALSE(view.name.empty());
        if (view.kind == ControlView::Kind::heading) continue;
        EXPECT_EQ(++ids[view.id], 1) << view.name;
      }
      for (const ControlView& view : app::controls_of(s, language, ids.begin()->first))
        focused += view.focused ? 1 : 0;
      EXPECT_EQ(focused, 1);
      EXPECT_EQ(all.front().kind, ControlView::Kind::heading);
    }
}

TEST(Controls, ThatDoNotExistChangeNothing) {
  const Scenario s = read("page=curves");
  for (const int id : {-1, control_count, 1000, static_cast<int>(ControlId::run),
                       static_cast<int>(ControlId::exponent)}) {
    EXPECT_EQ(described(app::with_share(s, id, 0.3)), described(s));
    EXPECT_EQ(described(app::stepped(s, id, 1, known_sizes)), described(s));
    EXPECT_EQ(described(app::with_option(s, id, 0)), described(s));
  }
  for (const int option : {-1, 2, 100})
    EXPECT_EQ(described(choose(s, ControlId::axes, option)), described(s));
}

}  // namespace
}  // namespace kv::test
