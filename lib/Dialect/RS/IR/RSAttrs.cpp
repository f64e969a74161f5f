//===- RSAttrs.cpp - Target and mapping attributes ------------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"

#include "rowlock/Target/YAML/TargetYAML.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

static Result<TargetSpec> resolve(StringRef name, DictionaryAttr overrides) {
  bool shipped = false;
  for (const std::string &known : shippedTargets())
    shipped |= known == name;
  if (!shipped)
    return Status::error("'" + name.str() + "' is not a shipped target");
  Result<TargetSpec> spec = loadTarget(name.str());
  if (!spec)
    return spec;
  for (NamedAttribute field : overrides) {
    auto value = dyn_cast<StringAttr>(field.getValue());
    if (!value)
      return Status::error("override '" + field.getName().str() +
                           "' is not a text");
    if (Status set = setTargetField(*spec, field.getName().str(),
                                    value.getValue().str());
        !set)
      return set;
  }
  if (Status valid = validateTarget(*spec); !valid)
    return valid;
  return spec;
}

LogicalResult TargetAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 StringRef name, DictionaryAttr overrides) {
  Result<TargetSpec> spec = resolve(name, overrides);
  if (!spec)
    return emitError() << "C1: " << spec.message();
  return success();
}

TargetSpec TargetAttr::getSpec() const {
  return *resolve(getName(), getOverrides());
}

TargetAttr TargetAttr::get(MLIRContext *context, const TargetSpec &spec) {
  std::string base = "eyeriss-v1";
  for (const std::string &known : shippedTargets())
    if (known == spec.name)
      base = known;
  TargetSpec shipped = *loadTarget(base);
  SmallVector<NamedAttribute> overrides;
  for (const TargetField &field : targetFields()) {
    std::string value = getTargetField(spec, field);
    if (value != getTargetField(shipped, field))
      overrides.emplace_back(StringAttr::get(context, field.name),
                             StringAttr::get(context, value));
  }
  return TargetAttr::get(context, StringRef(base),
                         DictionaryAttr::get(context, overrides));
}

TargetAttr rs::getTarget(Operation *op) {
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    module = op->getParentOfType<ModuleOp>();
  return module ? module->getAttrOfType<TargetAttr>(kTargetAttrName)
                : TargetAttr();
}

LogicalResult MappingAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  StringRef text) {
  Result<Mapping> mapping = parseMapping(text.str());
  if (!mapping)
    return emitError() << "C1: " << mapping.message();
  return success();
}

Mapping MappingAttr::getMapping() const {
  return *parseMapping(getText().str());
}

Status MappingAttr::verifyFor(const MappingProblem &problem) const {
  return rowlock::verify(problem, getMapping());
}

Schedule MappingAttr::schedule(const MappingProblem &problem) const {
  return rowlock::schedule(problem, getMapping());
}

Cost MappingAttr::evaluate(const MappingProblem &problem) const {
  return rowlock::evaluate(problem, getMapping());
}
