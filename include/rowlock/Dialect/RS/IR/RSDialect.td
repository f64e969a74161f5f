//===- RSDialect.td - The rs dialect: types and attributes -*- tablegen -*-===//
#ifndef ROWLOCK_DIALECT_RS_IR_RSDIALECT_TD
#define ROWLOCK_DIALECT_RS_IR_RSDIALECT_TD

include "mlir/IR/OpBase.td"
include "rowlock/Dialect/RS/IR/RSAttrInterfaces.td"
include "mlir/IR/AttrTypeBase.td"

def RS_Dialect : Dialect {
  let name = "rs";
  let cppNamespace = "::rowlock::rs";
  let summary = "What a row-stationary accelerator does";
  let description = [{
    Two levels. *Layer ops* work on tensors and carry a mapping. *Commands* work
    on buffers and tokens inside `scf.for` nests, one to one with the program
    file. The module carries `rs.target = #rs.target<...>`.
  }];
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
}

def RS_Target : AttrDef<RS_Dialect, "Target"> {
  let mnemonic = "target";
  let summary = "The machine: a shipped target and what differs from it";
  let description = [{
    `#rs.target<"eyeriss-v1", {rows = "16"}>`: the fields of the shipped target,
    with the named ones replaced. Values are texts as in a target file.

    C1: the name is a shipped target's; every override is a field with a legal
        value, and the whole is a valid target.
  }];
  let parameters = (ins StringRefParameter<>:$name,
                        "::mlir::DictionaryAttr":$overrides);
  let assemblyFormat = "`<` $name `,` $overrides `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// The machine this attribute states.
    ::rowlock::TargetSpec getSpec() const;
    /// The attribute that states `spec`, against the shipped target that it
    /// was made from.
    static TargetAttr get(::mlir::MLIRContext *context,
                          const ::rowlock::TargetSpec &spec);
  }];
}

def RS_Mapping : AttrDef<RS_Dialect, "Mapping",
    [DeclareAttrInterfaceMethods<RS_MappingAttrInterface>]> {
  let mnemonic = "mapping";
  let summary = "A row-stationary mapping";
  let description = [{
    The text of `printMapping` in quotes:
    `#rs.mapping<"n=1 m=96 h=7 f=55 c=3 e=7 p=16 q=1 r=1 t=2 g=1
    order=gmnhfc/cms prefetch=none">`. hardware.md, section 2, defines the
    letters; `order` is that of the tile loops, then of the pass loops.

    C1: the text is a mapping.
  }];
  let parameters = (ins StringRefParameter<>:$text);
  let assemblyFormat = "`<` $text `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    ::rowlock::Mapping getMapping() const;
  }];
}

class RS_Type<string name, string typeMnemonic> : TypeDef<RS_Dialect, name> {
  let mnemonic = typeMnemonic;
}

def RS_Token : RS_Type<"Token", "token">,
    BuildableType<"::rowlock::rs::TokenType::get($_builder.getContext())"> {
  let summary = "A counter that commands wait for and add to";
}
def RS_Glb : RS_Type<"Glb", "glb">,
    BuildableType<"::rowlock::rs::GlbType::get($_builder.getContext())"> {
  let summary = "A buffer in the ifmap or psum region of the GLB";
}
def RS_Dram : RS_Type<"Dram", "dram"> {
  let summary = "A tensor in DRAM";
  let parameters = (ins "::mlir::RankedTensorType":$tensor);
  let assemblyFormat = "`<` $tensor `>`";
}

#endif // ROWLOCK_DIALECT_RS_IR_RSDIALECT_TD
