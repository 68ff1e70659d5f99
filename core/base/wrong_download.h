// The two things that most often lie where a model's file should be.
#pragma once

#include <cstddef>
#include <string_view>

namespace kv::core {

// As many bytes of a file as recognise_wrong_download() wants to see.
inline constexpr std::size_t wrong_download_bytes = 256;

// What a file that begins so is, in words for a message ("a Git LFS pointer ..."), or empty when
// it is neither a Git LFS pointer nor an HTML page.
std::string_view recognise_wrong_download(std::string_view beginning);

}  // namespace kv::core
