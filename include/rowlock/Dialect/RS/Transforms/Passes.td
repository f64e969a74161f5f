//===- Passes.td - Passes of the rs dialect ----------------*- tablegen -*-===//
#ifndef ROWLOCK_DIALECT_RS_TRANSFORMS_PASSES_TD
#define ROWLOCK_DIALECT_RS_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def AssignMappings : Pass<"rs-assign-mappings", "::mlir::ModuleOp"> {
  let summary = "Choose a mapping for every convolution without one";
  let description = [{
    Searches the whole space of lib/Mapping (`searchOptimal`) for the mapping
    that makes the product of energy and latency least, or what `objective`
    names, on the module's target. Convolutions that carry a mapping keep it;
    equal ones are searched once, different ones in parallel. Where nothing
    fits, the error says what does not.

    ```mlir
    %0 = rs.conv2d %x, %w {mapping = #rs.mapping<"n=1 m=2 h=4 ...">, ...} : ...
    ```
  }];
  let options = [
    Option<"objective", "objective", "std::string", "\"edp\"",
           "What is made least: energy, latency, edp, dram, or a list of them">,
    Option<"cache", "cache", "std::string", "",
           "Directory that keeps optima for later runs; the result is the same">];
  let statistics = [Statistic<"assigned", "assigned", "Number of mappings chosen">];
  let dependentDialects = ["::rowlock::rs::RSDialect"];
}

def SolveMappingProblems
    : Pass<"rs-solve-mapping-problems", "::mlir::ModuleOp"> {
  let summary = "Find the best mapping of every rs.mapping_problem";
  let description = [{
    Adds mapping, values and certificate. An error where nothing fits or values
    differ from the expected ones by more than a part in 10^6.

    ```mlir
    rs.mapping_problem "conv5" {ifmap = array<i64: 4, 384, 15, 15>,
        filter = array<i64: 256, 192, 3, 3>, objectives = "dram,energy"}
    ```
  }];
  let options = [
    Option<"bruteForce", "brute-force", "bool", "false",
           "Try every mapping instead of branching and bounding">,
    Option<"measure", "measure", "unsigned", "0",
           "Search so many times and add to the certificate the least CPU time "
           "(seconds)">];
  let dependentDialects = ["::rowlock::rs::RSDialect"];
}

def ExtractMappingProblems
    : Pass<"rs-extract-mapping-problems", "::mlir::ModuleOp"> {
  let summary = "State the layers of a network as mapping problems";
  let description = [{
    Every part of every convolution becomes an `rs.mapping_problem`, equal ones
    once, named by the first convolution that has them; the functions go.

    ```mlir
    rs.mapping_problem "conv1" {ifmap = array<i64: 1, 3, 224, 224>, ...}
    ```
  }];
  let options = [
    Option<"objectives", "objectives", "std::string", "\"edp\"",
           "Of every problem (`parseObjectives`)">];
  let dependentDialects = ["::rowlock::rs::RSDialect"];
}

def LowerLayers : Pass<"rs-lower-layers", "::mlir::ModuleOp"> {
  let summary = "Turn layers on tensors into commands on buffers";
  let description = [{
    Every tensor of @main becomes an `rs.tensor`, every layer an `rs.layer` with
    its commands: convolutions become loop nests of loads, passes and stores as
    the mapping's schedule states, ordered by four tokens a layer (configured,
    loaded, passed, stored); all else becomes one host command. GLB buffers and
    DRAM tensors have no places yet.

    ```mlir
    rs.layer "relu" "Clip" (%0) -> (%1) {clip_low = [0], clip_high = [255]} : ... {
      rs.host at [] wait (%t0) signal (%t1) {...}
    }
    ```
  }];
  let statistics = [
    Statistic<"arrayLayers", "array-layers", "Number of layers on the array">,
    Statistic<"hostLayers", "host-layers", "Number of layers on the host">];
  let dependentDialects = ["::rowlock::rs::RSDialect", "::mlir::scf::SCFDialect",
                           "::mlir::arith::ArithDialect"];
}

def CodeTensors : Pass<"rs-code-tensors", "::mlir::ModuleOp"> {
  let summary = "Keep feature maps in DRAM run-length coded";
  let description = [{
    Sets `coded_rows` of feature maps that the array reads or writes: rank 4,
    integers of 8 or 16 bits, no steps in loads and stores, no host kernel that
    reads them, only stores that make whole blocks, and no ring that reads them
    strip by strip: it would read blocks more than once. Blocks are planes where
    a store makes whole planes or the host writes the tensor, else the rows of
    one store. Inputs and outputs of the program stay raw unless `boundary` is
    given; tensors named in `raw` always do.

    ```mlir
    %0 = rs.tensor "relu1" "intermediate" {coded_rows = 7 : i64} : ...
    ```
  }];
  let options = [
    Option<"boundary", "boundary", "bool", "false",
           "Code the program's inputs and outputs, too">,
    ListOption<"raw", "raw", "std::string", "Names of tensors that stay raw">];
  let statistics = [Statistic<"coded", "coded", "Number of tensors coded">];
  let dependentDialects = ["::rowlock::rs::RSDialect"];
}

def AllocateGLB : Pass<"rs-allocate-glb", "::mlir::ModuleOp"> {
  let summary = "Place GLB buffers and give banks to ifmaps and psums";
  let description = [{
    Buffers of one frame lie one behind the other from the start of their
    region. The lowest banks go to ifmaps, as many as their buffers fill, all
    others to psums; `bank_psum` of the frame says so. It is an error if they do
    not fit.
  }];
  let dependentDialects = ["::rowlock::rs::RSDialect"];
}

def AllocateDRAM : Pass<"rs-allocate-dram", "::mlir::ModuleOp"> {
  let summary = "Place tensors in DRAM";
  let description = [{
    Tensors get addresses one behind the other, aligned to 64 bytes, in order of
    appearance; no two share memory.
  }];
  let dependentDialects = ["::rowlock::rs::RSDialect"];
}

#endif // ROWLOCK_DIALECT_RS_TRANSFORMS_PASSES_TD
