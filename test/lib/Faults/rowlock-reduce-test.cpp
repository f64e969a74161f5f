//===- rowlock-reduce-test.cpp - rowlock-reduce with wrong passes ---------===//
#include "Faults/Faults.h"
#include "ReduceMain.h"
#include "RegisterAll.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  rowlock::registerAllDialects(registry);
  rowlock::registerAllPasses();
  rowlock::faults::registerFaultsPasses();
  return rowlock::reduceMain(argc, argv, registry);
}
