//===- rowlock-opt.cpp - Run passes on IR ---------------------------------===//
#include "RegisterAll.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  rowlock::registerAllDialects(registry);
  rowlock::registerAllPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "rowlock-opt: runs passes of Rowlock on IR\n", registry));
}
