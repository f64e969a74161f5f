//===- Quantize.cpp - The pass nn-quantize --------------------------------===//
#include "rowlock/Quantization/Quantize.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Quantization/Passes.h"

namespace rowlock {
#define GEN_PASS_DEF_QUANTIZE
#include "rowlock/Quantization/Passes.h.inc"
} // namespace rowlock

using namespace mlir;
using namespace rowlock;

namespace {

struct Quantize : ::rowlock::impl::QuantizeBase<Quantize> {
  using QuantizeBase::QuantizeBase;

  void runOnOperation() override {
    QuantizationOptions options;
    options.psumBits = psumBits;
    if (arithmetic == "int16")
      options.arithmetic = QuantizedArithmetic::Int16;
    else if (arithmetic == "fixed16")
      options.arithmetic = QuantizedArithmetic::Fixed16;
    else if (arithmetic != "int8")
      return fail("arithmetic '" + arithmetic +
                  "' is none of int8, int16, fixed16");
    if (psumBits < 16 || psumBits > 32)
      return fail("psum-bits is " + std::to_string(psumBits) +
                  ", expected 16 to 32");
    if (table.empty())
      return fail("option calibration-table is missing");
    Result<CalibrationTable> loaded = CalibrationTable::open(table);
    if (!loaded)
      return fail(loaded.message());
    if (failed(quantize(getOperation(), *loaded, options)))
      signalPassFailure();
  }

  void fail(const std::string &message) {
    getOperation().emitError() << message;
    signalPassFailure();
  }
};

} // namespace
