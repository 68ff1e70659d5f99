#include "viz/gl/image.h"

#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

namespace kv::gl {

std::string encode_png(const Image& image) {
  std::string bytes;
  stbi_write_png_to_func(
      [](void* context, void* data, int size) {
        static_cast<std::string*>(context)->append(static_cast<const char*>(data),
                                                   static_cast<std::size_t>(size));
      },
      &bytes, image.width, image.height, 4, image.rgba.data(), image.width * 4);
  return bytes;
}

core::Result<Image> decode_png(std::string_view bytes, const std::string& label) {
  int width = 0, height = 0, channels = 0;
  stbi_uc* const pixels =
      stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(bytes.data()),
                            static_cast<int>(bytes.size()), &width, &height, &channels, 4);
  if (!pixels) return core::input_error(label, "", "something else", "a PNG picture");
  Image image{width, height, {}};
  image.rgba.assign(pixels, pixels + std::size_t{4} * static_cast<std::size_t>(width) *
                                         static_cast<std::size_t>(height));
  stbi_image_free(pixels);
  return image;
}

}  // namespace kv::gl
