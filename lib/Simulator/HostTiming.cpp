//===- HostTiming.cpp - How long the host takes ---------------------------===//
#include "HostTiming.h"

#include "rowlock/Program/HostWork.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"

#include <algorithm>

using namespace rowlock;

double rowlock::hostCycles(const Program &program, uint32_t index) {
  const fb::Layer &layer = *items(program.table().layers())[index];
  auto tensors = items(program.table().tensors());
  double bytes = 0;
  for (const auto *list : {layer.operands(), layer.results()})
    for (uint32_t tensor : items(list)) {
      TensorLayout layout(*tensors[tensor]);
      bytes += double(layout.elements() * layout.bytesPerElement());
    }
  const TargetSpec &target = program.target();
  return std::max(hostOperations(program.table(), index) /
                      target.host_ops_per_cycle,
                  bytes / target.host_bytes_per_cycle);
}
