//===- ImagesTest.cpp - Preprocessing and directories ---------------------===//
#include "TestFiles.h"

#include "rowlock/Input/Array.h"
#include "rowlock/Input/Images.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

TEST(Preprocess, AppliesEveryStepInOrder) {
  Picture picture = gradient(8, 6, 3);
  fb::PreprocessingT how;
  how.layout = "NCHW";
  how.channel_order = "BGR";
  how.crop_width = 4;
  how.crop_height = 2;
  how.invert = true;
  how.mean = {1, 2, 3};
  how.scale = {0.5f};
  auto values = preprocess(picture, how, {3, 2, 4});
  ASSERT_TRUE(values) << values.message();
  for (int64_t c = 0; c < 3; ++c)
    for (int64_t y = 0; y < 2; ++y)
      for (int64_t x = 0; x < 4; ++x)
        EXPECT_EQ((*values)[size_t((c * 2 + y) * 4 + x)],
                  (float(255 - picture.at(y + 2, x + 2, 2 - c)) - how.mean[c]) *
                      0.5f);
}

TEST(Preprocess, ResizesTheShortSide) {
  fb::PreprocessingT how;
  how.resize_short_side = 4;
  how.crop_width = how.crop_height = 4;
  Picture picture = {16, 8, 1, Bytes(128, 9)};
  auto values = preprocess(picture, how, {1, 4, 4});
  ASSERT_TRUE(values) << values.message();
  EXPECT_EQ(*values, std::vector<float>(16, 9));
  auto colour = preprocess(picture, how, {3, 4, 4});
  ASSERT_TRUE(colour) << colour.message();
  EXPECT_EQ(*colour, std::vector<float>(48, 9));
}

TEST(Preprocess, SaysWhatDoesNotFit) {
  fb::PreprocessingT how;
  Picture picture = gradient(8, 6, 3);
  EXPECT_EQ(preprocess(picture, how, {3, 5, 8}).message(),
            "is 8 x 6 after preprocessing, the input is 8 x 5");
  how.crop_width = 9;
  EXPECT_EQ(preprocess(picture, how, {3, 6, 9}).message(),
            "is 8 x 6, smaller than the crop of 9 x 6");
  how.channel_order = "GRAY";
  EXPECT_FALSE(preprocess(picture, how, {3, 6, 8}));
  how = {};
  how.mean = {1, 2};
  EXPECT_FALSE(preprocess(picture, how, {3, 6, 8}));
  EXPECT_FALSE(preprocess(picture, {}, {10}));
}

TEST(Images, ReadsADirectoryInTheOrderOfNames) {
  TestFolder folder;
  Picture grey = gradient(3, 2, 1);
  folder.write("b.png", encodePNG(grey));
  folder.write("notes.txt", {'h', 'i'});
  folder.write("c.idx", encodeIDX({2, 2, 3}));
  Array tensor = {fb::ElementType::F32, {1, 2, 3}, Bytes(24)};
  float half = 0.5f;
  std::memcpy(tensor.bytes.data(), &half, 4);
  ASSERT_TRUE(writeNPY(folder.path() + "/a.npy", tensor));
  auto images = readImages(folder.path(), {}, {1, 2, 3});
  ASSERT_TRUE(images) << images.message();
  ASSERT_EQ(images->count, 4);
  EXPECT_EQ(images->values.size(), 24u);
  EXPECT_EQ(images->values[0], 0.5f);
  EXPECT_EQ(images->values[6], float(grey.pixels[0]));
  EXPECT_EQ(images->values[18], 6);
  EXPECT_EQ(images->names[3], folder.path() + "/c.idx#1");
  auto two = readImages(folder.path(), {}, {1, 2, 3}, 2);
  ASSERT_TRUE(two) << two.message();
  EXPECT_EQ(two->count, 2);
}

TEST(Images, PassesOverLabelsBesideThem) {
  TestFolder folder;
  folder.write("images.idx", encodeIDX({2, 2, 3}));
  std::string labels = folder.write("labels.idx", encodeIDX({2}));
  auto images = readImages(folder.path(), {}, {1, 2, 3});
  ASSERT_TRUE(images) << images.message();
  EXPECT_EQ(images->count, 2);
  EXPECT_EQ(readImages(labels, {}, {1, 2, 3}).message(),
            "'" + labels + "': has shape 2, expected images of 1 x 2 x 3");
}

TEST(Images, NamesFileAndReason) {
  TestFolder folder;
  EXPECT_EQ(readImages(folder.path(), {}, {1, 2, 3}).message(),
            "'" + folder.path() + "': holds no images");
  std::string text = folder.write("x.txt", {'h', 'i'});
  EXPECT_EQ(readImages(text, {}, {1, 2, 3}).message(),
            "'" + text + "': is no PNG, JPEG, NPY or IDX file");
  EXPECT_FALSE(readImages(folder.path() + "/absent", {}, {1, 2, 3}));
  std::string idx = folder.write("x.idx", encodeIDX({2, 2, 4}));
  EXPECT_EQ(readImages(idx, {}, {1, 2, 3}).message(),
            "'" + idx +
                "#0': is 4 x 2 after preprocessing, the input is 3 x 2");
  std::string png = folder.write("x.png", encodePNG(gradient(3, 2, 1)));
  EXPECT_FALSE(readImages(png, {}, {10}));
  std::string npy = folder.path() + "/x.npy";
  ASSERT_TRUE(writeNPY(npy, {fb::ElementType::I32, {2}, Bytes(8)}));
  EXPECT_EQ(readImages(npy, {}, {1, 2, 3}).message(),
            "'" + npy + "': has shape 2, expected images of 1 x 2 x 3");
}
