//===- Conv2D.cpp - The convolution that the array runs -------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

/// Of a quantised convolution of either dialect.
template <typename Conv>
static ConvShape shapeOf(Conv op, const TargetSpec &target) {
  RankedTensorType input = op.getInput().getType();
  RankedTensorType filter = op.getFilter().getType();
  ArrayRef<int64_t> pads = op.getPads(), strides = op.getStrides();
  ConvShape shape;
  shape.dilationY = op.getDilations()[0];
  shape.dilationX = op.getDilations()[1];
  LayerShape &layer = shape.layer;
  layer.batch = input.getDimSize(0);
  layer.filters = filter.getDimSize(0);
  layer.channels = filter.getDimSize(1);
  layer.groups = op.getGroups();
  layer.height = input.getDimSize(2) + pads[0] + pads[2];
  layer.width = input.getDimSize(3) + pads[1] + pads[3];
  layer.padTop = pads[0];
  layer.padLeft = pads[1];
  layer.padBottom = pads[2];
  layer.padRight = pads[3];
  layer.filterHeight = filter.getDimSize(2);
  layer.filterWidth = filter.getDimSize(3);
  layer.strideY = strides[0];
  layer.strideX = strides[1];
  auto width = [](RankedTensorType type) {
    return cast<quant::QuantizedType>(type.getElementType())
        .getStorageTypeIntegralWidth();
  };
  layer.ifmapBytes = (width(input) + 7) / 8;
  layer.ofmapBytes = (width(op.getResult().getType()) + 7) / 8;
  layer.mode16 = !target.isFixed16() && (width(input) > 8 || width(filter) > 8);
  return shape;
}

ConvShape rs::getShape(Conv2DOp op, const TargetSpec &target) {
  return shapeOf(op, target);
}

ConvShape rs::getShape(nn::Conv2DOp op, const TargetSpec &target) {
  return shapeOf(op, target);
}

SmallVector<MappingAttrInterface> rs::getMappings(Conv2DOp op) {
  SmallVector<MappingAttrInterface> mappings;
  if (auto mapping = op.getMappingAttr())
    mappings.push_back(mapping);
  else if (auto parts = op.getPartMappingsAttr())
    for (Attribute mapping : parts)
      mappings.push_back(cast<MappingAttrInterface>(mapping));
  return mappings;
}

void rs::setMappings(Conv2DOp op, ArrayRef<MappingAttrInterface> mappings) {
  if (mappings.size() == 1)
    return op.setMappingAttr(mappings.front());
  SmallVector<Attribute> parts(mappings.begin(), mappings.end());
  op.setPartMappingsAttr(ArrayAttr::get(op.getContext(), parts));
}

LogicalResult Conv2DOp::verify() {
  for (Value value : {getInput(), getFilter(), getResult()}) {
    auto type = cast<RankedTensorType>(value.getType());
    if (type.getRank() != 4 ||
        !isa<quant::QuantizedType>(type.getElementType()))
      return emitOpError("C1: input, filter and result must be quantised and "
                         "of rank 4");
  }
  if (getStrides().size() != 2 || getPads().size() != 4 ||
      getDilations().size() != 2)
    return emitOpError("C1: expected 2 strides, 4 pads and 2 dilations");
  TargetAttr target = getTarget(*this);
  if (!target)
    return success();
  TargetSpec spec = target.getSpec();
  Result<std::vector<LayerPart>> parts = partsOf(getShape(*this, spec), spec);
  if (!parts)
    return emitOpError() << "C2: " << parts.message();
  if (getMappingAttr() && getPartMappingsAttr())
    return emitOpError("C3: has both mapping and part_mappings");
  SmallVector<MappingAttrInterface> mappings = getMappings(*this);
  if (mappings.empty())
    return success();
  if (mappings.size() != parts->size())
    return emitOpError() << "C3: has " << mappings.size() << " mappings for "
                         << parts->size() << " parts";
  for (auto [k, part] : llvm::enumerate(*parts))
    if (Status legal = mappings[k].verifyFor({part.shape, spec}); !legal) {
      InFlightDiagnostic error = emitOpError() << "C3: ";
      if (parts->size() > 1)
        error << "part " << k << ": ";
      return error << legal.message();
    }
  return success();
}
