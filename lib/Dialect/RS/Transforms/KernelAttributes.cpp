//===- KernelAttributes.cpp - Layers of the array as kernels --------------===//
#include "KernelAttributes.h"

#include "rowlock/Dialect/NN/Kernels/AttributeList.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

nn::KernelCall rs::arrayKernel(Conv2DOp op) {
  nn::AttributeList list(op.getContext());
  list.window(op);
  list.ints("dilations", op.getDilations());
  list.ints("groups", int64_t(op.getGroups()));
  list.rescale(op.getRescaleAttr());
  if (op.getProductShift())
    list.ints("product_shift", int64_t(*op.getProductShift()));
  list.quantisation(op);
  return {"ArrayConv", list.get()};
}
