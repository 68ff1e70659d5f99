// FLOPs by component and model sizes in JSON, the same in every command.
#pragma once

#include "app/shell/json_writer.h"
#include "core/cost/cost_model.h"
#include "core/engine/op_count.h"
#include "core/model/config.h"

namespace kv::app {

// The members "q" to "head", "total", then what is beside the total. To be called within an object.
void write_op_count(JsonWriter& json, const core::OpCount& count);

// The same members, each null: what no closed form covers.
void write_unknown_op_count(JsonWriter& json);

// The members that describe a model's sizes. To be called within an object.
void write_config(JsonWriter& json, const core::ModelConfig& config);

}  // namespace kv::app
