// RUN: rowlock-opt --rs-extract-mapping-problems=objectives=speed --verify-diagnostics --split-input-file %s

// expected-error @below {{the module has no rs.target}}
module {
}

// -----

// expected-error @below {{no objective 'speed'; there are energy, latency, edp and dram}}
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
}
