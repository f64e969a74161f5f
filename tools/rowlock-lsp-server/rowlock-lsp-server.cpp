//===- rowlock-lsp-server.cpp - IR in editors -----------------------------===//
#include "RegisterDialects.h"

#include "Check/Check.h"

#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  rowlock::registerAllDialects(registry);
  registry.insert<rowlock::check::CheckDialect>();
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
