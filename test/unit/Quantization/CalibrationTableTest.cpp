//===- CalibrationTableTest.cpp - Ranges of tensors -----------------------===//
#include "rowlock/Quantization/CalibrationTable.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

using namespace rowlock;

TEST(CalibrationTable, KeepsLeastAndGreatest) {
  CalibrationTable table;
  EXPECT_TRUE(table.empty());
  const float first[] = {1, -2, 0.5f}, second[] = {3};
  ASSERT_TRUE(table.observe("x", first, 3));
  ASSERT_TRUE(table.observe("x", second, 1));
  ASSERT_TRUE(table.find("x").has_value());
  EXPECT_EQ(table.find("x")->low, -2);
  EXPECT_EQ(table.find("x")->high, 3);
  EXPECT_FALSE(table.find("y").has_value());
}

TEST(CalibrationTable, KeepsInfinitiesAndRefusesNaN) {
  CalibrationTable table;
  const float values[] = {1, -INFINITY, NAN};
  ASSERT_TRUE(table.observe("x", values, 2));
  EXPECT_EQ(table.find("x")->low, -INFINITY);
  EXPECT_EQ(table.observe("x", values, 3).message(),
            "tensor 'x' has the value nan at element 2");
}

TEST(CalibrationTable, ReadsBackExactly) {
  std::mt19937 random(1);
  CalibrationTable table;
  for (int k = 0; k < 1000; ++k) {
    float value;
    uint32_t bits = k == 1 ? 0xff800000 : random();
    std::memcpy(&value, &bits, 4);
    if (std::isnan(value))
      continue;
    ASSERT_TRUE(table.observe("it's #" + std::to_string(k), &value, 1));
  }
  auto again = CalibrationTable::read(table.write(), "t.yaml");
  ASSERT_TRUE(again) << again.message();
  EXPECT_EQ(again->write(), table.write());
  for (int k = 0; k < 1000; ++k) {
    std::string name = "it's #" + std::to_string(k);
    auto range = table.find(name);
    ASSERT_EQ(range.has_value(), again->find(name).has_value());
    if (range)
      EXPECT_EQ(range->low, again->find(name)->low);
  }
}

TEST(CalibrationTable, NamesFileLineAndReason) {
  auto message = [](const std::string &ranges) {
    auto table = CalibrationTable::read(ranges, "t.yaml");
    return table ? "read" : table.message();
  };
  const std::string head = "version: 1\nranges:\n";
  EXPECT_EQ(message(head + "  - { tensor: x, min: 0, max: 1 }\n"), "read");
  EXPECT_EQ(message("version: 2\nranges: []\n"),
            "t.yaml:1: version 2, expected 1");
  EXPECT_EQ(message(head + "  - { tensor: x, min: 0, max: 1 }\n"
                           "  - { tensor: x, min: 0, max: 1 }\n"),
            "t.yaml:1: tensor 'x' is given twice");
  for (const char *wrong :
       {"  - { tensor: x, min: 2, max: 1 }\n", "  - { tensor: x, min: 0 }\n",
        "  - { tensor: x, min: a, max: 1 }\n",
        "  - { tensor: x, min: 0, max: .inf }\n",
        "  - { tensor: x, min: 0, max: 1e300 }\n",
        "  - { tensor: x, min: 0, max: 1, more: 1 }\n"})
    EXPECT_EQ(message(head + wrong).rfind("t.yaml:3: ", 0), 0u)
        << message(head + wrong);
  EXPECT_EQ(message("").rfind("t.yaml:", 0), 0u) << message("");
  EXPECT_FALSE(CalibrationTable::open("/nonexistent/t.yaml"));
}
