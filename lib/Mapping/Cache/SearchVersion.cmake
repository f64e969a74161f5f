# Writes to OUTPUT the function searchVersion(): a hash over the contents of FILES.
set(hashes "")
foreach(file IN LISTS FILES)
  file(SHA256 ${file} hash)
  string(APPEND hashes "${hash}\n")
endforeach()
string(SHA256 version "${hashes}")
string(SUBSTRING ${version} 0 16 version)
file(WRITE ${OUTPUT} "#include \"rowlock/Mapping/Cache/MappingCache.h\"

const char *rowlock::searchVersion() { return \"${version}\"; }
")
