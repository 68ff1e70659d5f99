#include "core/model/load_model.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/base/memory_need.h"
#include "core/base/number.h"
#include "core/files/float_reader.h"
#include "core/files/weight_files.h"
#include "core/model/weight_plan.h"

namespace kv::core {
namespace {

constexpr std::uint64_t config_file_limit = std::uint64_t{1} << 20;  // bytes
constexpr std::size_t chunk_count = std::size_t{1} << 19;            // floats: 2 MiB
constexpr const char* advice = "a smaller model";

WeightType weight_type(DType dtype) {
  if (dtype == DType::f16) return WeightType::f16;
  return dtype == DType::bf16 ? WeightType::bf16 : WeightType::f32;
}

// Writes rows first_row .. of a [in, out] tensor into a [out, in] matrix. Tiles of 32 columns keep
// the lines being written in the cache.
void scatter_transposed(std::span<const float> rows, std::size_t first_row, std::size_t in,
                        std::size_t out, float* target) {
  constexpr std::size_t tile = 32;
  const std::size_t count = rows.size() / out;
  for (std::size_t begin = 0; begin < out; begin += tile) {
    const std::size_t end = std::min(begin + tile, out);
    for (std::size_t row = 0; row < count; ++row)
      for (std::size_t o = begin; o < end; ++o)
        target[o * in + first_row + row] = rows[row * out + o];
  }
}

// As much of one weight as is read at a time.
struct Piece {
  const PlannedWeight* weight;
  std::uint64_t first;  // element
  std::size_t count;
};

std::vector<Piece> pieces_of(const std::vector<PlannedWeight>& weights) {
  std::vector<Piece> pieces;
  for (const PlannedWeight& weight : weights) {
    const TensorInfo& tensor = *weight.source.tensor;
    const std::uint64_t row = tensor.shape.sizes[tensor.shape.rank - 1];
    // A transposed tensor is taken in whole rows.
    const std::uint64_t step =
        weight.slot.transposed ? std::max<std::uint64_t>(1, chunk_count / row) * row : chunk_count;
    for (std::uint64_t first = 0; first < tensor.elements; first += step)
      pieces.push_back({&weight, first,
                        static_cast<std::size_t>(std::min<std::uint64_t>(
                            step, tensor.elements - first))});
  }
  return pieces;
}

// Takes pieces through a small buffer of its own, checks them, and keeps them where a model wants
// them.
class PieceReader {
 public:
  PieceReader(const Folder& folder, Model* model)
      : folder_(folder), model_(model), reader_(folder) {}

  Status take(const Piece& piece) {
    const WeightSlot& slot = piece.weight->slot;
    const TensorInfo& tensor = *piece.weight->source.tensor;
    const std::string& file = *piece.weight->source.file;
    const bool direct = model_ != nullptr && !slot.transposed;
    if (!direct && buffer_.size() < piece.count) buffer_.resize(piece.count);
    float* target = model_ != nullptr ? writable(*model_, slot.target) : nullptr;
    const std::span<float> values(direct ? target + piece.first : buffer_.data(), piece.count);
    if (auto error = reader_.read(file, tensor, piece.first, values)) return error;
    if (const auto at = find_not_finite(values); at != values.size())
      return input_error(
          path_in(folder_, file),
          tensor_in_message(tensor.name) + ": element " + std::to_string(piece.first + at),
          to_text(static_cast<double>(values[at])), "finite numbers");
    if (model_ != nullptr && slot.transposed) {
      const auto in = static_cast<std::size_t>(tensor.shape.sizes[0]);
      const auto out = static_cast<std::size_t>(tensor.shape.sizes[1]);
      scatter_transposed(values, static_cast<std::size_t>(piece.first) / out, in, out, target);
    }
    return {};
  }

 private:
  const Folder& folder_;
  Model* model_;  // null: only check
  FloatReader reader_;
  std::vector<float> buffer_;
};

// All pieces, in turns by as many threads as `parallel` has: while one waits for the disk, another
// converts. Told of is the first mistake in the files' order, whoever found it.
Status read_pieces(const Folder& folder, const std::vector<Piece>& pieces, Model* model,
                   const std::function<bool(double)>& progress, Parallel* parallel) {
  struct Mistake {
    std::size_t at = SIZE_MAX;
    Status status;
  };
  std::vector<Mistake> mistakes(static_cast<std::size_t>(parts_of(parallel)));
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> ends = false;
  bool cancelled = false;
  for_each_part(parallel, [&](int part) {
    PieceReader reader(folder, model);
    // Whoever takes a piece reads it: when one is wrong, those before it are all being read.
    while (!ends) {
      const std::size_t i = next++;
      if (i >= pieces.size()) return;
      if (auto error = reader.take(pieces[i])) {
        mistakes[static_cast<std::size_t>(part)] = {i, std::move(error)};
        ends = true;
      } else if (part == 0 && progress &&
                 !progress(static_cast<double>(i + 1) / static_cast<double>(pieces.size()))) {
        ends = cancelled = true;
      }
    }
  });
  if (auto first = std::ranges::min_element(mistakes, {}, &Mistake::at); first->status)
    return std::move(first->status);
  if (cancelled) return Error{ErrorKind::usage, folder.label + ": loading was cancelled"};
  return {};
}

// The config as the files bear it out: what they store may differ from what config.json claims.
struct CheckedFiles {
  ModelConfig config;
  WeightFiles files;
};

Result<CheckedFiles> open_files(const Folder& folder) {
  auto config = load_config(folder);
  if (!config) return config.error();
  auto files = WeightFiles::open(folder);
  if (!files) return files.error();
  const auto weights = find_weights(weight_plan(*config, nullptr), *files, folder, *config);
  if (!weights) return weights.error();
  config->stored = weight_type(weights->front().source.tensor->dtype);
  return CheckedFiles{*std::move(config), *std::move(files)};
}

}  // namespace

Result<ModelConfig> load_config(const Folder& folder) {
  const auto text = read_text(folder, "config.json", config_file_limit);
  if (!text) return text.error();
  return parse_config(*text, path_in(folder, "config.json"));
}

Result<ModelConfig> check_model(const Folder& folder) {
  auto checked = open_files(folder);
  if (!checked) return checked.error();
  const auto weights =
      find_weights(weight_plan(checked->config, nullptr), checked->files, folder, checked->config);
  if (!weights) return weights.error();
  if (auto error = read_pieces(folder, pieces_of(*weights), nullptr, {}, nullptr)) return *error;
  return checked->config;
}

Result<std::shared_ptr<const Model>> load_model(const Folder& folder, const LoadOptions& options) {
  auto checked = open_files(folder);
  if (!checked) return checked.error();
  const std::uint64_t needed = model_bytes(checked->config);
  if (auto error = check_memory(folder.label, needed, options.memory_limit_bytes, advice))
    return *error;
  std::shared_ptr<Model> model;
  try {
    model = std::make_shared<Model>(allocate_model(
        checked->config, options.name.empty() ? folder.label : options.name));
  } catch (const std::bad_alloc&) {
    return Error{ErrorKind::machine, folder.label + ": needs " + short_bytes(needed) +
                                         ", have less than that, try " + advice};
  }
  const auto weights = find_weights(weight_plan(checked->config, model.get()), checked->files,
                                    folder, checked->config);
  if (!weights) return weights.error();
  if (auto error = read_pieces(folder, pieces_of(*weights), model.get(), options.progress,
                               options.parallel))
    return *error;
  return std::shared_ptr<const Model>(std::move(model));
}

}  // namespace kv::core
