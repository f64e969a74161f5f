//===- TargetSpecTest.cpp - Fields, rules and hash of a target ------------===//

#include "rowlock/Target/TargetSpec.h"
#include "rowlock/Target/TargetDocs.h"

#include <gtest/gtest.h>

using namespace rowlock;

static std::string setError(const std::string &name, const std::string &value) {
  TargetSpec target;
  Status status = setTargetField(target, name, value);
  return status ? "" : status.message();
}

TEST(TargetSpec, DefaultIsValid) {
  EXPECT_TRUE(bool(validateTarget(TargetSpec())));
  EXPECT_EQ(TargetSpec().verticalStrides(), (std::vector<int64_t>{1, 2, 4}));
}

TEST(TargetSpec, EveryFieldReadsBack) {
  TargetSpec target;
  for (const TargetField &field : targetFields()) {
    std::string text = getTargetField(target, field);
    EXPECT_TRUE(bool(setTargetField(target, field.name, text))) << field.name;
    EXPECT_EQ(getTargetField(target, field), text);
  }
  EXPECT_EQ(target, TargetSpec());
  ASSERT_TRUE(bool(setTargetField(target, "core_mhz", "0.1")));
  EXPECT_EQ(target.core_mhz, 0.1);
}

TEST(TargetSpec, SetErrorsNameFieldValueAndBound) {
  EXPECT_EQ(setError("rows", "33"), "rows 33 is not in 1 to 32");
  EXPECT_EQ(setError("rows", "-1"), "rows -1 is not in 1 to 32");
  EXPECT_EQ(setError("rows", "99999999999999999999"),
            "rows 99999999999999999999 is not in 1 to 32");
  EXPECT_EQ(setError("rows", "1.5"), "rows '1.5' is not an integer");
  EXPECT_EQ(setError("rows", ""), "rows '' is not an integer");
  EXPECT_EQ(setError("core_mhz", "nan"),
            "core_mhz nan is not in 0.001 to 1e+05");
  EXPECT_EQ(setError("core_mhz", "fast"), "core_mhz 'fast' is not a number");
  EXPECT_EQ(setError("arithmetic", "float"),
            "arithmetic 'float' is not one of fixed16,int");
  EXPECT_EQ(setError("name", "a\nb"), "name holds a control character");
  EXPECT_EQ(setError("raws", "1"), "unknown target field 'raws'");
}

TEST(TargetSpec, RulesBetweenFields) {
  using Change = std::vector<std::pair<std::string, std::string>>;
  std::vector<std::pair<Change, std::string>> cases = {
      {{{"psum_bits", "20"}}, "psum_bits 20 of a fixed16 target is not 16"},
      {{{"arithmetic", "int"}},
       "psum_bits 16 of an int target is not 20, 24 or 32"},
      {{{"arithmetic", "int"}, {"psum_bits", "24"}, {"ifmap_spad_words", "1"}},
       "ifmap_spad_words 1 is below one 16-bit word of an int target, 2"},
      {{{"arithmetic", "int"}, {"psum_bits", "24"}, {"filter_spad_words", "1"}},
       "filter_spad_words 1 is below one 16-bit word of an int target, 2"},
      {{{"filter_network_bits", "48"}},
       "filter_network_bits 48 is not a power of two"},
      {{{"ifmap_network_bits", "24"}},
       "ifmap_network_bits 24 is not a power of two"},
      {{{"arithmetic", "int"},
        {"psum_bits", "24"},
        {"psum_network_bits", "16"}},
       "psum_network_bits 16 is below one psum as stored, 32"},
      {{{"arithmetic", "int"},
        {"psum_bits", "24"},
        {"local_network_bits", "24"}},
       "local_network_bits 24 is below one psum as stored, 32"},
      {{{"row_id_bits", "3"}}, "row_id_bits 3 is below ceil(log2 rows), 4"},
      {{{"filter_column_id_bits", "3"}},
       "filter_column_id_bits 3 is below ceil(log2 columns), 4"},
      {{{"psum_column_id_bits", "0"}},
       "psum_column_id_bits 0 is below ceil(log2 columns), 4"},
      {{{"bank_bytes", "1025"}}, "bank_bytes 1025 is not a multiple of 8"},
      {{{"link_bits", "9"}}, "link_bits 9 is not a multiple of 8"},
      {{{"vertical_strides", "2,4"}},
       "vertical_strides '2,4' is not an ascending list from 1, at most 32"},
      {{{"vertical_strides", "1,x"}},
       "vertical_strides '1,x' is not an ascending list from 1, at most 32"},
      {{{"name", ""}}, "name is empty"},
  };
  for (const auto &[changes, message] : cases) {
    TargetSpec target;
    for (const auto &[name, value] : changes)
      ASSERT_TRUE(bool(setTargetField(target, name, value)));
    Status status = validateTarget(target);
    ASSERT_FALSE(bool(status)) << message;
    EXPECT_EQ(status.message(), message);
  }
  TargetSpec target;
  target.rows = 0;
  EXPECT_EQ(validateTarget(target).message(), "rows 0 is not in 1 to 32");
}

TEST(TargetSpec, HashSeesEveryField) {
  TargetSpec target;
  uint64_t base = hashTarget(target);
  EXPECT_EQ(base, hashTarget(TargetSpec()));
  target.host_bytes_per_cycle = 9;
  EXPECT_NE(base, hashTarget(target));
}

TEST(TargetSpec, Modes) {
  TargetSpec target;
  EXPECT_EQ(target.filterSpad(true), 224);
  target.arithmetic = "int";
  target.ifmap_spad_words = 25;
  EXPECT_EQ(target.ifmapSpad(true), 12);
  EXPECT_EQ(target.operandBytes(false), 1);
  EXPECT_EQ(target.psumBytes(), 4);
}

TEST(TargetDocs, NamesEveryField) {
  std::string page = targetFieldDocs();
  for (const TargetField &field : targetFields())
    EXPECT_NE(page.find("| `" + std::string(field.name) + "` |"),
              std::string::npos);
}
