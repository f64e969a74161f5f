// RUN: rowlock-opt --rs-assign-mappings --verify-diagnostics --split-input-file %s

// expected-error @below {{the module has no rs.target}}
module {
}
