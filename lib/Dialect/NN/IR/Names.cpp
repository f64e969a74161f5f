//===- Names.cpp - Names of tensors in locations --------------------------===//
#include "rowlock/Dialect/NN/IR/Names.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace rowlock;

std::string nn::nameOf(Location loc) {
  std::string name;
  loc->walk([&](Location part) {
    auto named = dyn_cast<NameLoc>(part);
    if (!named)
      return WalkResult::advance();
    name = named.getName().str();
    return WalkResult::interrupt();
  });
  return name;
}

void nn::makeNamesUnique(Operation *op) {
  llvm::StringSet<> taken;
  op->walk([&](Operation *inner) {
    if (!inner->getNumResults())
      return;
    std::string base = nameOf(inner->getLoc());
    if (base.empty())
      base = inner->getName().stripDialect().str();
    std::string name = base;
    for (int64_t k = 1; !taken.insert(name).second; ++k)
      name = base + "." + std::to_string(k);
    if (name != nameOf(inner->getLoc()))
      inner->setLoc(NameLoc::get(StringAttr::get(op->getContext(), name),
                                 inner->getLoc()));
  });
}
