//===- PictureTest.cpp - PNG, JPEG, resize --------------------------------===//
#include "TestFiles.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <random>

using namespace rowlock;
using namespace rowlock::test;

TEST(PNG, ReadsGreyAndColour) {
  TestFolder folder;
  for (int64_t channels : {1, 3}) {
    Picture picture = gradient(9, 7, channels);
    Result<Picture> read =
        readPicture(folder.write("x.png", encodePNG(picture)));
    ASSERT_TRUE(read) << read.message();
    EXPECT_EQ(read->width, 9);
    EXPECT_EQ(read->height, 7);
    EXPECT_EQ(read->channels, channels);
    EXPECT_EQ(read->pixels, picture.pixels);
  }
}

TEST(JPEG, ReadsGreyAndColour) {
  TestFolder folder;
  for (int64_t channels : {1, 3}) {
    Picture picture = {16, 16, channels, Bytes(size_t(256 * channels), 120)};
    Result<Picture> read =
        readPicture(folder.write("x.jpg", encodeJPEG(picture)));
    ASSERT_TRUE(read) << read.message();
    ASSERT_EQ(read->pixels.size(), picture.pixels.size());
    for (uint8_t value : read->pixels)
      EXPECT_NEAR(value, 120, 2);
  }
}

TEST(Pictures, RefusesTruncatedFiles) {
  TestFolder folder;
  for (bool png : {true, false}) {
    Picture picture = gradient(40, 30, 3);
    Bytes whole = png ? encodePNG(picture) : encodeJPEG(picture);
    // The last bytes only end the file.
    for (size_t size = 0; size + 20 < whole.size(); size += 7) {
      std::string path = folder.write(
          "x", Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(size)));
      Result<Picture> read = readPicture(path);
      ASSERT_FALSE(read) << size;
      EXPECT_EQ(read.message().find("'" + path + "': "), 0u);
      EXPECT_EQ(read.message().find('\n'), std::string::npos);
    }
  }
}

TEST(Pictures, SurvivesFlippedBits) {
  TestFolder folder;
  std::mt19937 random(1);
  for (int k = 0; k < 400; ++k) {
    Picture picture = gradient(20, 20, 3);
    Bytes bytes = k % 2 ? encodePNG(picture) : encodeJPEG(picture);
    bytes[random() % bytes.size()] ^= uint8_t(1u << (random() % 8));
    Result<Picture> read = readPicture(folder.write("x", bytes));
    if (read)
      EXPECT_EQ(read->pixels.size(),
                size_t(read->width * read->height * read->channels));
  }
}

TEST(Pictures, RefusesClaimsThatTheFileCannotHold) {
  TestFolder folder;
  Bytes png = encodePNG(gradient(4, 4, 1));
  png[16] = png[20] = 0; // width and height become 65540 by 65540
  png[17] = png[21] = 1;
  EXPECT_FALSE(readPicture(folder.write("x.png", png)));
  EXPECT_FALSE(readPicture(folder.path()));
  EXPECT_FALSE(readPicture(folder.path() + "/absent.png"));
  EXPECT_FALSE(readPicture(folder.write("empty.png", {})));
}

TEST(Resize, KeepsConstantsAndAverages) {
  Picture constant = {5, 7, 3, Bytes(105, 77)};
  for (int64_t size : {1, 3, 5, 20})
    EXPECT_EQ(resize(constant, size, size).pixels,
              Bytes(size_t(size * size * 3), 77));
  Picture steps = {4, 1, 1, {0, 0, 200, 200}};
  EXPECT_EQ(resize(steps, 1, 1).pixels, Bytes{100});
  EXPECT_EQ(resize(steps, 4, 1).pixels, steps.pixels);
  // Twice as wide: weights 3/4 and 1/4 between neighbours.
  EXPECT_EQ(resize(steps, 8, 1).pixels,
            (Bytes{0, 0, 0, 50, 150, 200, 200, 200}));
}
