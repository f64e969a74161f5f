//===- rowlock-reduce.cpp - The smallest part that still fails ------------===//
#include "ReduceMain.h"
#include "RegisterAll.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  rowlock::registerAllDialects(registry);
  rowlock::registerAllPasses();
  return rowlock::reduceMain(argc, argv, registry);
}
