// The transformer, once: with and without a cache are the same function, called with another past.
//
//   with cache     forward(model, past rows, {newest token})
//   without cache  forward(model, nothing,   all tokens)
#pragma once

#include <functional>
#include <span>

#include "core/engine/closed_form.h"
#include "core/engine/op_count.h"
#include "core/base/parallel.h"
#include "core/engine/past.h"
#include "core/engine/record.h"
#include "core/engine/workspace.h"
#include "core/model/model.h"

namespace kv::core {

struct ForwardOptions {
  LogitRows logits = LogitRows::last;
  bool keep_rows = true;         // the fresh rows count as written to a cache
  Record* record = nullptr;      // prepared by forward(); null: nothing is recorded
  Parallel* parallel = nullptr;  // null: the caller's thread alone
  // Called after every layer with the share of the work done; returning false abandons the call.
  const std::function<bool(double)>* progress = nullptr;
};

struct ForwardResult {
  // [1 or fresh rows, vocabulary], in the workspace: valid until its next use. Empty when
  // abandoned.
  std::span<const float> logits;
  OpCount count;
  ByteCount bytes;
  bool abandoned = false;
};

// Computes the fresh tokens on top of the past. Their keys and values, after rotary embedding, are
// written to past.block behind past.rows, where there must be room (make_room). Tokens must lie
// within the vocabulary and positions within what the model has: the caller has checked.
// No heap allocation once the workspace has seen the sizes, unless a record is asked for.
ForwardResult forward(const Model& model, const PastView& past, std::span<const Token> fresh,
                      Workspace& work, const ForwardOptions& options = {});

}  // namespace kv::core
