//===- ReduceIR.cpp - The smallest IR that still does ---------------------===//
#include "rowlock/Reduce/ReduceIR.h"

#include "IREdits.h"

#include "rowlock/Reduce/DeltaDebugging.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace rowlock;

namespace {

class IRReduction {
public:
  explicit IRReduction(Oracle &oracle) : oracle(oracle) {}

  Status start(const std::string &path, MLIRContext &context);
  /// Everything once; true if something went.
  bool round();

private:
  Candidate write(ModuleOp module) const;
  /// The module becomes the best if it is sound and interesting.
  bool accept(OwningOpRef<ModuleOp> module);
  bool isSound(ModuleOp module) const;
  void cutFunction(const std::string &name, bool returnEnds);
  void dropOps();
  void dropOutputs(const std::string &name);
  void dropAttributes();
  void shrinkSizes();
  void dropLocations();
  std::vector<std::string> cuttableFunctions();
  func::FuncOp find(ModuleOp module, const std::string &name) const {
    return module.lookupSymbol<func::FuncOp>(name);
  }

  Oracle &oracle;
  OwningOpRef<ModuleOp> best;
  std::string bestBytes;
  bool verifies = true, locations = false;
  int64_t accepted = 0;
};

} // namespace

static Result<std::string> readFile(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return Status::error(path + ": " + buffer.getError().message());
  return (*buffer)->getBuffer().str();
}

Status IRReduction::start(const std::string &path, MLIRContext &context) {
  Result<std::string> bytes = readFile(path);
  if (!bytes)
    return bytes.takeStatus();
  std::string reason = "is no IR";
  {
    ScopedDiagnosticHandler keep(&context, [&](Diagnostic &diagnostic) {
      reason = diagnostic.str();
      return success();
    });
    best = parseSourceFile<ModuleOp>(
        path, ParserConfig(&context, /*verifyAfterParse=*/false));
  }
  if (!best)
    return Status::error(path + ": " + reason);
  ScopedDiagnosticHandler silent(&context,
                                 [](Diagnostic &) { return success(); });
  verifies = succeeded(verify(*best));
  locations = StringRef(*bytes).contains("loc(");
  Candidate whole = write(*best);
  std::string read = whole.bytes;
  whole.bytes = *bytes;
  if (Status shown = oracle.start(whole); !shown)
    return Status::error(path + ": " + shown.message());
  whole.bytes = read;
  if (!oracle.test(whole))
    return Status::error(path +
                         ": what it shows is gone once it is read and printed");
  bestBytes = read;
  return Status::ok();
}

Candidate IRReduction::write(ModuleOp module) const {
  Candidate candidate;
  llvm::raw_string_ostream out(candidate.bytes);
  OpPrintingFlags flags;
  if (verifies)
    flags.assumeVerified();
  if (locations)
    flags.enableDebugInfo();
  module.print(out, flags);
  out << "\n";
  size_t count = erasableOps(module).size();
  candidate.size =
      std::to_string(count) + (count == 1 ? " operation" : " operations");
  return candidate;
}

/// In a child: verifiers meet what no parser has let through.
bool IRReduction::isSound(ModuleOp module) const {
  ScopedDiagnosticHandler silent(module.getContext(),
                                 [](Diagnostic &) { return success(); });
  auto check = [&]() -> int {
    if (verifies && failed(verify(module)))
      return 1;
    write(module);
    return 0;
  };
  Result<ChildResult> ran = runChild(check, oracle.limits());
  return ran && !ran->signal && !ran->timedOut && ran->exitCode == 0;
}

bool IRReduction::accept(OwningOpRef<ModuleOp> module) {
  if (oracle.stopped())
    return false;
  if (!isSound(*module))
    return false;
  Candidate candidate = write(*module);
  if (candidate.bytes == bestBytes || !oracle.test(candidate))
    return false;
  best = std::move(module);
  bestBytes = std::move(candidate.bytes);
  ++accepted;
  return true;
}

/// The items that are not kept, of those in `all`.
template <typename Container>
static auto others(const Container &all, const std::vector<size_t> &kept) {
  Container rest;
  auto next = kept.begin();
  for (size_t k = 0; k < all.size(); ++k) {
    if (next != kept.end() && *next == k)
      ++next;
    else
      rest.push_back(all[k]);
  }
  return rest;
}

void IRReduction::cutFunction(const std::string &name, bool returnEnds) {
  // All candidates are parts of the same module.
  OwningOpRef<ModuleOp> whole = best->clone();
  size_t count = cuttableOps(find(*whole, name)).size();
  auto test = [&](const std::vector<size_t> &kept) {
    OwningOpRef<ModuleOp> module = whole->clone();
    func::FuncOp function = find(*module, name);
    std::vector<Operation *> rest = others(cuttableOps(function), kept);
    cut(function, rest, returnEnds);
    return accept(std::move(module));
  };
  deltaDebug(count, test);
}

void IRReduction::dropOps() {
  OwningOpRef<ModuleOp> whole = best->clone();
  size_t count = erasableOps(*whole).size();
  auto test = [&](const std::vector<size_t> &kept) {
    OwningOpRef<ModuleOp> module = whole->clone();
    std::vector<Operation *> rest = others(erasableOps(*module), kept);
    eraseOps(rest);
    return accept(std::move(module));
  };
  deltaDebug(count, test);
}

void IRReduction::dropOutputs(const std::string &name) {
  OwningOpRef<ModuleOp> whole = best->clone();
  size_t count = find(*whole, name).getNumResults();
  auto test = [&](const std::vector<size_t> &kept) {
    OwningOpRef<ModuleOp> module = whole->clone();
    keepOutputs(find(*module, name), kept);
    return accept(std::move(module));
  };
  deltaDebug(count, test);
}

/// Every attribute of every operation, by its name.
static std::vector<std::pair<Operation *, StringAttr>>
findAttributes(ModuleOp module) {
  std::vector<std::pair<Operation *, StringAttr>> found;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    for (NamedAttribute attribute : op->getAttrs())
      found.push_back({op, attribute.getName()});
  });
  return found;
}

void IRReduction::dropAttributes() {
  OwningOpRef<ModuleOp> whole = best->clone();
  size_t count = findAttributes(*whole).size();
  auto test = [&](const std::vector<size_t> &kept) {
    OwningOpRef<ModuleOp> module = whole->clone();
    for (auto [op, name] : others(findAttributes(*module), kept)) {
      op->removeAttr(name);
      // One with a default must not be missing.
      if (op->getPropertiesStorageSize())
        op->getName().populateDefaultProperties(op->getPropertiesStorage());
    }
    return accept(std::move(module));
  };
  deltaDebug(count, test);
}

void IRReduction::shrinkSizes() {
  for (bool again = true; again;) {
    again = false;
    for (int64_t size : findSizes(*best)) {
      for (int64_t to : {int64_t(1), size / 2, size - 1}) {
        OwningOpRef<ModuleOp> module = best->clone();
        shrinkSize(*module, size, to);
        if (to < size && accept(std::move(module))) {
          again = true;
          break;
        }
      }
    }
  }
}

void IRReduction::dropLocations() {
  if (!locations)
    return;
  locations = false;
  locations = !accept(best->clone());
}

std::vector<std::string> IRReduction::cuttableFunctions() {
  std::vector<std::string> names;
  for (auto function : best->getOps<func::FuncOp>())
    if (!function.isExternal() && canCut(function))
      names.push_back(function.getName().str());
  return names;
}

bool IRReduction::round() {
  int64_t before = accepted;
  for (const std::string &name : cuttableFunctions()) {
    cutFunction(name, /*returnEnds=*/true);
    cutFunction(name, /*returnEnds=*/false);
    dropOutputs(name);
  }
  dropOps();
  shrinkSizes();
  dropAttributes();
  dropLocations();
  return accepted > before;
}

Status rowlock::reduceIR(const std::string &path, MLIRContext &context,
                         Oracle &oracle) {
  IRReduction reduction(oracle);
  if (Status started = reduction.start(path, context); !started)
    return started;
  while (!oracle.stopped() && reduction.round())
    ;
  return oracle.status();
}
