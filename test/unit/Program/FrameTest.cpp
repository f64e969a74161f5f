//===- FrameTest.cpp - Frames between bits and values ---------------------===//

#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>
#include <random>

using namespace rowlock;

TEST(Frame, RandomValuesRoundTrip) {
  std::mt19937_64 random(7);
  for (const std::string &name : shippedTargets()) {
    TargetSpec target = *loadTarget(name);
    FrameLayout layout(target);
    for (int round = 0; round < 50; ++round) {
      FrameValues values(layout);
      for (const FrameField &field : layout.fields()) {
        auto draw = [&] {
          return field.min +
                 int64_t(random() % uint64_t(field.max - field.min + 1));
        };
        if (int64_t *scalar = values.scalar(field.name))
          *scalar = draw();
        else
          for (int64_t &value : *values.vector(field.name))
            value = draw();
      }
      auto words = encodeFrame(layout, values);
      ASSERT_TRUE(bool(words)) << words.message();
      auto decoded = decodeFrame(layout, words->data(), words->size());
      ASSERT_TRUE(bool(decoded)) << decoded.message();
      EXPECT_EQ(*decoded, values);
    }
  }
}

TEST(Frame, V1FitsItsChain) {
  EXPECT_LE(FrameLayout(TargetSpec()).bits(), 4096u);
}

TEST(Frame, ErrorsNameFieldValueBound) {
  FrameLayout layout{TargetSpec()};
  FrameValues values(layout);
  values.p = 25;
  EXPECT_EQ(encodeFrame(layout, values).message(), "p 25 exceeds 24");
  values.p = 0;
  EXPECT_EQ(encodeFrame(layout, values).message(), "p 0 is below 1");
  values.p = 1;
  values.filter_row_id[3] = 16;
  EXPECT_EQ(encodeFrame(layout, values).message(),
            "filter_row_id[3] 16 exceeds 15");
  values.filter_row_id.pop_back();
  EXPECT_EQ(encodeFrame(layout, values).message(),
            "filter_row_id has 11 elements instead of 12");
}

TEST(Frame, DecodeRefusesWhatNoEncoderMakes) {
  FrameLayout layout{TargetSpec()};
  auto words = *encodeFrame(layout, FrameValues(layout));
  EXPECT_FALSE(bool(decodeFrame(layout, words.data(), words.size() - 1)));
  words.back() |= uint64_t(1) << 63;
  EXPECT_FALSE(bool(decodeFrame(layout, words.data(), words.size())));
}

TEST(Frame, DocsListEveryField) {
  std::string page = frameDocs(TargetSpec());
  FrameLayout layout{TargetSpec()};
  for (const FrameField &field : layout.fields())
    EXPECT_NE(page.find(std::string("| `") + field.name + "`"),
              std::string::npos);
}
