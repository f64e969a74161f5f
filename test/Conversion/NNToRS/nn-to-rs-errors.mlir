// RUN: rowlock-opt --convert-nn-to-rs --verify-diagnostics %s

// expected-error @below {{the module has no rs.target}}
module {
}
