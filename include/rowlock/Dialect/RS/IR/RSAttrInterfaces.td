//===- RSAttrInterfaces.td - Attribute interfaces of rs ----*- tablegen -*-===//
#ifndef ROWLOCK_DIALECT_RS_IR_RSATTRINTERFACES_TD
#define ROWLOCK_DIALECT_RS_IR_RSATTRINTERFACES_TD

include "mlir/IR/OpBase.td"

def RS_MappingAttrInterface : AttrInterface<"MappingAttrInterface"> {
  let cppNamespace = "::rowlock::rs";
  let description = [{
    How a layer runs on the machine. Lowerings ask for the schedule and read no
    parameter of a mapping themselves.
  }];
  let methods = [
    InterfaceMethod<"Legality of the mapping for a problem.",
      "::rowlock::Status", "verifyFor",
      (ins "const ::rowlock::MappingProblem &":$problem)>,
    InterfaceMethod<"The schedule; the mapping must be legal.",
      "::rowlock::Schedule", "schedule",
      (ins "const ::rowlock::MappingProblem &":$problem)>,
    InterfaceMethod<"What the mapping costs.", "::rowlock::Cost", "evaluate",
      (ins "const ::rowlock::MappingProblem &":$problem)>
  ];
}

#endif // ROWLOCK_DIALECT_RS_IR_RSATTRINTERFACES_TD
