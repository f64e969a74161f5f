//===- Names.cpp - Names of tensors in locations --------------------------===//
#include "rowlock/Dialect/NN/IR/Names.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/DenseMap.h"
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

/// The names of arguments and results of a function; a result's belongs to the
/// operation that computes it, but for a constant, which has other uses.
static void reserveInterface(FunctionOpInterface function,
                             llvm::StringSet<> &taken,
                             llvm::DenseMap<Operation *, std::string> &owned) {
  for (unsigned k = 0; k < function.getNumArguments(); ++k)
    if (auto name = function.getArgAttrOfType<StringAttr>(k, nn::kNameAttr))
      taken.insert(name);
  if (function.isExternal())
    return;
  Operation *terminator = function.getFunctionBody().front().getTerminator();
  for (auto [k, value] : llvm::enumerate(terminator->getOperands())) {
    auto name = function.getResultAttrOfType<StringAttr>(k, nn::kNameAttr);
    Operation *producer = value.getDefiningOp();
    if (name && taken.insert(name).second && producer &&
        !producer->hasTrait<OpTrait::ConstantLike>())
      owned.try_emplace(producer, name.str());
  }
}

void nn::makeNamesUnique(Operation *op) {
  llvm::StringSet<> taken;
  llvm::DenseMap<Operation *, std::string> owned;
  op->walk([&](FunctionOpInterface function) {
    reserveInterface(function, taken, owned);
  });
  op->walk([&](Operation *inner) {
    if (!inner->getNumResults())
      return;
    std::string present = nameOf(inner->getLoc());
    std::string base =
        present.empty() ? inner->getName().stripDialect().str() : present;
    std::string name = base;
    auto owner = owned.find(inner);
    if (owner != owned.end())
      name = owner->second;
    else
      for (int64_t k = 1; !taken.insert(name).second; ++k)
        name = base + "." + std::to_string(k);
    if (name != present)
      inner->setLoc(NameLoc::get(StringAttr::get(op->getContext(), name),
                                 inner->getLoc()));
  });
}

nn::NameDeriver::NameDeriver(Operation *op) {
  op->walk([&](Operation *inner) { taken.insert(nameOf(inner->getLoc())); });
}

Location nn::NameDeriver::operator()(Location loc, StringRef suffix) {
  std::string base = nameOf(loc) + suffix.str(), name = base;
  for (int64_t k = 1; !taken.insert(name).second; ++k)
    name = base + "." + std::to_string(k);
  return NameLoc::get(StringAttr::get(loc.getContext(), name), loc);
}
