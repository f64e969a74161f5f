//===- rowlock-opt.cpp - Run passes on IR ---------------------------------===//
#include "Files.h"
#include "RegisterAll.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  for (int k = 1; k < argc; ++k)
    if (rowlock::Status sound = rowlock::checkNoPipe(argv[k]); !sound) {
      llvm::errs() << sound.message() << "\n";
      return 1;
    }
  mlir::DialectRegistry registry;
  rowlock::registerAllDialects(registry);
  rowlock::registerAllPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "rowlock-opt: runs passes of Rowlock on IR\n", registry));
}
