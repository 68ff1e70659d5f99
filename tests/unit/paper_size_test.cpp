// Pages in their true size.
#include "app/shell/paper_size.h"

#include <gtest/gtest.h>

#include "viz/gl/image.h"

namespace kv::app {
namespace {

TEST(PaperSize, APngSaysItsResolutionAndShowsTheSame) {
  const gl::Image image{2, 1, {10, 20, 30, 255, 40, 50, 60, 255}};
  const std::string plain = gl::encode_png(image);
  const std::string sized = with_resolution(plain, 300);
  // 300 / 0.0254 = 11811 pixels a metre; the checksum is of the chunk's name and content.
  const std::string chunk("\0\0\0\x09pHYs\0\0\x2E\x23\0\0\x2E\x23\x01\x78\xA5\x3F\x76", 21);
  EXPECT_EQ(sized, plain.substr(0, 33) + chunk + plain.substr(33));
  const auto read = gl::decode_png(sized, "sized");
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, image);
}

TEST(PaperSize, WhatIsNoPngStaysAsItIs) {
  for (const std::string text : {"", "PNG", "\x89PNG\r\n\x1A\n", "<svg>"})
    EXPECT_EQ(with_resolution(text, 300), text);
}

TEST(PaperSize, AnSvgOfAPageIsA4AndWhatIsDrawnInItStays) {
  const std::string page =
      R"(<svg width="1240" height="1754" x="1"><rect width="1240" height="1754"/></svg>)";
  EXPECT_EQ(with_a4_size(page),
            R"(<svg width="210mm" height="297mm" x="1"><rect width="1240" height="1754"/></svg>)");
  const std::string other = R"(<svg width="10"><rect width="1240" height="1754"/></svg>)";
  EXPECT_EQ(with_a4_size(other), other);
}

}  // namespace
}  // namespace kv::app
