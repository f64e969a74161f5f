//===- VerifyTest.cpp - What --verify says of a wrong program -------------===//
#include "rowlock/Pipelines/Verify.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Input/Array.h"
#include "rowlock/Pipelines/Compile.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Parser/Parser.h"

#include <cstring>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace mlir;
using namespace rowlock;

namespace {

/// A convolution of 2 filters and a clip on the host, the weights of filter 1
/// given; the ifmap is quantised with scale 1.
struct Verify : ::testing::Test {
  Verify() : context(MLIRContext::Threading::DISABLED) {
    context.loadDialect<nn::NNDialect, rs::RSDialect, func::FuncDialect,
                        quant::QuantDialect, scf::SCFDialect>();
  }
  OwningOpRef<ModuleOp> parse(const std::string &weights);
  FailureOr<VerifyCounts> run(const std::string &compiled,
                              const std::string &judged);

  MLIRContext context;
  std::string said;
};

} // namespace

OwningOpRef<ModuleOp> Verify::parse(const std::string &weights) {
  std::string text = R"(
!f = tensor<1x1x3x3xf32>
!x = tensor<1x1x3x3x!quant.uniform<i8:f32, 1.0>>
!w = tensor<2x1x2x2x!quant.uniform<i8<-127:127>:f32, 1.0>>
!y = tensor<1x2x2x2x!quant.uniform<i8:f32, 1.0>>
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: !f {nn.name = "x"}) -> (!y {nn.name = "y"}) {
    %w = nn.constant dense<[[[[1, 0], [0, 0]]], [[)" +
                     weights + R"(]]]> : tensor<2x1x2x2xi8> -> !w loc("w")
    %0 = nn.quantize %x : (!f) -> !x loc("q")
    %1 = nn.conv2d %0, %w {rescale = #nn.rescale<[33554432], [25]>} : (!x, !w) -> !y loc("the_conv")
    %2 = nn.clip %1 : (!y) -> !y loc("y")
    return %2 : !y
  }
})";
  return parseSourceString<ModuleOp>(text, &context);
}

FailureOr<VerifyCounts> Verify::run(const std::string &compiled,
                                    const std::string &judged) {
  OwningOpRef<ModuleOp> module = parse(compiled), judge = parse(judged);
  EXPECT_TRUE(module && judge);
  EXPECT_TRUE(succeeded(mapLayers(*module)));
  EXPECT_TRUE(succeeded(lowerToCommands(*module)));
  auto program = makeProgram(*module, "test", nullptr, {});
  EXPECT_TRUE(succeeded(program));
  Array images;
  images.shape = {2, 1, 3, 3};
  std::vector<float> values(9, 0);
  for (int k = 1; k <= 9; ++k)
    values.push_back(float(k));
  images.bytes.resize(values.size() * 4);
  std::memcpy(images.bytes.data(), values.data(), images.bytes.size());
  std::string file = ::testing::TempDir() + "rowlock-verify-" +
                     std::to_string(getpid()) + ".npy";
  EXPECT_TRUE(writeNPY(file, images));
  auto source = ImageSource::open(file, {}, {1, 3, 3});
  EXPECT_TRUE(source) << source.message();
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    llvm::raw_string_ostream(said)
        << diagnostic.getLocation() << ": " << diagnostic.str() << "\n";
    return success();
  });
  auto counts = verifyProgram(*program, *judge, *source);
  std::remove(file.c_str());
  return counts;
}

TEST_F(Verify, CountsWhatIsEqual) {
  auto counts = run("[1, 2], [3, 4]", "[1, 2], [3, 4]");
  ASSERT_TRUE(succeeded(counts)) << said;
  EXPECT_EQ(counts->images, 2);
  EXPECT_EQ(counts->tensors, 2 * 3);
  EXPECT_EQ(counts->elements, 2 * (9 + 8 + 8));
  EXPECT_EQ(counts->gatedLayers, 2);
  EXPECT_EQ(said, "");
}

// Filter 1 adds the last pixel of its window 4 times, not 5 times: on the image
// of digits the first output is 1 + 4 + 12 + 20 = 37, the judge says 42. PE row
// 1 holds the last filter row, where psums leave.
TEST_F(Verify, NamesNodeElementValuesPassAndPE) {
  EXPECT_TRUE(failed(run("[1, 2], [3, 4]", "[1, 2], [3, 5]")));
  EXPECT_EQ(said.find("loc(\"the_conv\"): image 1, element [0, 1, 0, 0]: "
                      "expected 42, the program makes 37 "
                      "(pass: command "),
            0u)
      << said;
  EXPECT_NE(said.find("PE row 1, column 0)\n"), std::string::npos) << said;
}
