//===- Conv2D.cpp - The convolution that the array runs -------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

MappingProblem rs::getProblem(Conv2DOp op, const TargetSpec &target) {
  RankedTensorType input = op.getInput().getType();
  RankedTensorType filter = op.getFilter().getType();
  ArrayRef<int64_t> pads = op.getPads(), strides = op.getStrides();
  MappingProblem problem;
  problem.target = target;
  LayerShape &layer = problem.layer;
  layer.batch = input.getDimSize(0);
  layer.filters = filter.getDimSize(0);
  layer.channels = filter.getDimSize(1);
  layer.groups = op.getGroups();
  layer.height = input.getDimSize(2) + pads[0] + pads[2];
  layer.width = input.getDimSize(3) + pads[1] + pads[3];
  layer.filterHeight = filter.getDimSize(2);
  layer.filterWidth = filter.getDimSize(3);
  layer.strideY = strides[0];
  layer.strideX = strides[1];
  auto width = [](RankedTensorType type) {
    return cast<quant::QuantizedType>(type.getElementType())
        .getStorageTypeIntegralWidth();
  };
  layer.mode16 = !target.isFixed16() && (width(input) > 8 || width(filter) > 8);
  return problem;
}

LogicalResult Conv2DOp::verify() {
  for (Value value : {getInput(), getFilter(), getResult()}) {
    auto type = cast<RankedTensorType>(value.getType());
    if (type.getRank() != 4 ||
        !isa<quant::QuantizedType>(type.getElementType()))
      return emitOpError("C1: input, filter and result must be quantised and "
                         "of rank 4");
  }
  if (getStrides().size() != 2 || getPads().size() != 4)
    return emitOpError("C1: expected 2 strides and 4 pads");
  TargetAttr target = getTarget(*this);
  if (!target)
    return success();
  MappingProblem problem = getProblem(*this, target.getSpec());
  if (Status native = problem.check(); !native)
    return emitOpError() << "C2: " << native.message();
  if (auto mapping = getMappingAttr())
    if (Status legal = mapping.verifyFor(problem); !legal)
      return emitOpError() << "C3: " << legal.message();
  return success();
}
