//===- LineDiagnostics.cpp - Diagnostics as lines -------------------------===//
#include "rowlock/Frontend/ONNX/LineDiagnostics.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace rowlock;

std::string rowlock::describeLocation(Location location) {
  StringRef file, node, tensor;
  std::string place;
  location->walk([&](Location part) {
    if (auto name = dyn_cast<NameLoc>(part)) {
      StringRef text = name.getName();
      StringRef &slot = text.starts_with("node '") ? node : tensor;
      if (slot.empty())
        slot = text;
    } else if (auto line = dyn_cast<FileLineColLoc>(part)) {
      if (file.empty() && line.getLine() > 0)
        place = ":" + std::to_string(line.getLine()) + ":" +
                std::to_string(line.getColumn());
      if (file.empty())
        file = line.getFilename();
    }
    return WalkResult::advance();
  });
  std::string text = (file + place).str();
  if (node.empty() && tensor.empty())
    return text;
  if (!text.empty())
    text += ": ";
  return text + (node.empty() ? "tensor '" + tensor.str() + "'" : node.str());
}

std::string rowlock::formatLine(Diagnostic &diagnostic) {
  std::string line = describeLocation(diagnostic.getLocation());
  if (!line.empty())
    line += ": ";
  if (diagnostic.getSeverity() == DiagnosticSeverity::Warning)
    line += "warning: ";
  else if (diagnostic.getSeverity() == DiagnosticSeverity::Remark)
    line += "remark: ";
  line += diagnostic.str();
  // Messages may have several lines, and names any bytes.
  for (char &c : line)
    if (llvm::isASCII(c) && !llvm::isPrint(c))
      c = ' ';
  return line;
}

LineDiagnostics::LineDiagnostics(MLIRContext *context, raw_ostream &stream)
    : ScopedDiagnosticHandler(context) {
  setHandler([&stream](Diagnostic &diagnostic) {
    stream << formatLine(diagnostic) << "\n";
    return success();
  });
}
