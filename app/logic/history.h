// Undo and redo: documents put aside whole. Runs share their steps and rows, so one costs little
// beside the next; what they take together is bounded all the same.
#pragma once

#include "app/logic/state.h"

namespace kv::app {

// Puts the document aside before it is changed, and forgets what could be redone.
void remember(AppState& state);
void undo(AppState& state);
void redo(AppState& state);

// The document as it stands, whole; and such a one made the present one again.
PastDocument put_aside(const AppState& state);
void bring_back(AppState& state, PastDocument past);

// Bytes that a document keeps in memory beside another which shares steps, rows or the model.
std::uint64_t bytes_beside(const PastDocument& document, const Document& other);

}  // namespace kv::app
