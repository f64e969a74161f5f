//===- Names.cpp - Names of tensors in locations --------------------------===//
#include "rowlock/Dialect/NN/IR/Names.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/ADT/DenseMap.h"

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

/// `base`, or with the least number behind it that nothing is called by yet.
static std::string takeName(const std::string &base, nn::TakenNames &taken) {
  if (taken.try_emplace(base, 1).second)
    return base;
  int64_t next = taken.lookup(base);
  std::string name;
  do
    name = base + "." + std::to_string(next++);
  while (!taken.try_emplace(name, 1).second);
  taken[base] = next;
  return name;
}

/// The names of arguments and results of a function; a result's belongs to the
/// operation that computes it, but for a constant, which has other uses. A
/// result that is called like an argument, which it returns, gets a name here,
/// before an operation can take it.
static void reserveInterface(FunctionOpInterface function,
                             nn::TakenNames &taken,
                             llvm::DenseMap<Operation *, std::string> &owned) {
  for (unsigned k = 0; k < function.getNumArguments(); ++k)
    if (auto name = function.getArgAttrOfType<StringAttr>(k, nn::kNameAttr))
      taken.try_emplace(name, 1);
  if (function.isExternal())
    return;
  Operation *terminator = function.getFunctionBody().front().getTerminator();
  for (auto [k, value] : llvm::enumerate(terminator->getOperands())) {
    auto name = function.getResultAttrOfType<StringAttr>(k, nn::kNameAttr);
    if (!name)
      continue;
    std::string own = takeName(name.str(), taken);
    Operation *producer = value.getDefiningOp();
    if (own != name.getValue())
      function.setResultAttr(k, nn::kNameAttr,
                             StringAttr::get(function.getContext(), own));
    else if (producer && !producer->hasTrait<OpTrait::ConstantLike>())
      owned.try_emplace(producer, own);
  }
}

void nn::makeNamesUnique(Operation *op) {
  nn::TakenNames taken;
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
    auto owner = owned.find(inner);
    std::string name =
        owner != owned.end() ? owner->second : takeName(base, taken);
    if (name != present)
      inner->setLoc(NameLoc::get(StringAttr::get(op->getContext(), name),
                                 inner->getLoc()));
  });
}

nn::NameDeriver::NameDeriver(Operation *op) {
  op->walk(
      [&](Operation *inner) { taken.try_emplace(nameOf(inner->getLoc()), 1); });
}

Location nn::NameDeriver::operator()(Location loc, StringRef suffix) {
  std::string name = takeName(nameOf(loc) + suffix.str(), taken);
  return NameLoc::get(StringAttr::get(loc.getContext(), name), loc);
}
