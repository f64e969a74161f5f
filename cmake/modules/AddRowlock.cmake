# The boilerplate of Rowlock's targets, and the check that no library uses one
# that cmake/borders.txt does not allow it.

file(STRINGS ${CMAKE_SOURCE_DIR}/cmake/borders.txt ROWLOCK_BORDERS REGEX "^[A-Za-z]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/cmake/borders.txt)

function(rowlock_check_borders name)
  set(allowed "")
  set(found FALSE)
  foreach(line IN LISTS ROWLOCK_BORDERS)
    if(line MATCHES "^${name}:(.*)$")
      set(found TRUE)
      string(STRIP "${CMAKE_MATCH_1}" allowed)
      string(REPLACE " " ";" allowed "${allowed}")
    endif()
  endforeach()
  if(NOT found)
    message(FATAL_ERROR "library ${name} is not listed in cmake/borders.txt")
  endif()
  if("*" IN_LIST allowed)
    return()
  endif()
  foreach(used IN LISTS ARGN)
    if(NOT used IN_LIST allowed)
      message(FATAL_ERROR "library ${name} may not use ${used} (cmake/borders.txt)")
    endif()
  endforeach()
endfunction()

function(rowlock_common target)
  target_include_directories(${target} PUBLIC
    ${CMAKE_SOURCE_DIR}/include ${CMAKE_BINARY_DIR}/include)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wno-unused-parameter
    -fno-exceptions -ffp-contract=off)
endfunction()

# add_rowlock_library(NAME SOURCES ... [USES ...] [LINK ...])
#   A static library rowlock::NAME of plain C++17. USES: libraries of ours,
#   checked against the borders. LINK: anything else.
function(add_rowlock_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINK;DEPENDS" ${ARGN})
  rowlock_check_borders(${name} ${ARG_USES})
  if(ARG_SOURCES)
    add_library(Rowlock${name} STATIC ${ARG_SOURCES})
    set(kind PUBLIC)
    rowlock_common(Rowlock${name})
  else()
    add_library(Rowlock${name} INTERFACE)
    set(kind INTERFACE)
    target_include_directories(Rowlock${name} INTERFACE
      ${CMAKE_SOURCE_DIR}/include ${CMAKE_BINARY_DIR}/include)
  endif()
  add_library(rowlock::${name} ALIAS Rowlock${name})
  foreach(used IN LISTS ARG_USES)
    target_link_libraries(Rowlock${name} ${kind} Rowlock${used})
  endforeach()
  if(ARG_LINK)
    target_link_libraries(Rowlock${name} ${kind} ${ARG_LINK})
  endif()
  if(ARG_DEPENDS)
    add_dependencies(Rowlock${name} ${ARG_DEPENDS})
  endif()
endfunction()

# add_rowlock_llvm_library(NAME SOURCES ... [USES ...] [LINK ...] [DEPENDS ...])
#   The same for a library that uses LLVM or MLIR: links libMLIR and libLLVM,
#   and is built after every tablegen header.
function(add_rowlock_llvm_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LINK;DEPENDS" ${ARGN})
  add_rowlock_library(${name} SOURCES ${ARG_SOURCES} USES ${ARG_USES}
    LINK ${ARG_LINK} DEPENDS ${ARG_DEPENDS})
  target_include_directories(Rowlock${name} SYSTEM PUBLIC
    ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
  target_link_libraries(Rowlock${name} PUBLIC MLIR LLVM)
  if(TARGET rowlock-headers)
    add_dependencies(Rowlock${name} rowlock-headers)
  endif()
endfunction()

# add_rowlock_tablegen(OUT TD ARGS...): include/rowlock/... OUT from TD.
function(add_rowlock_tablegen target td)
  set(LLVM_TARGET_DEFINITIONS ${td})
  foreach(pair IN LISTS ARGN)
    string(REPLACE "|" ";" parts "${pair}")
    list(POP_FRONT parts out)
    mlir_tablegen(${out} ${parts} -I${CMAKE_SOURCE_DIR}/include -I${MLIR_INCLUDE_DIRS})
  endforeach()
  add_public_tablegen_target(${target})
  add_dependencies(rowlock-headers ${target})
endfunction()

# add_rowlock_tool(NAME SOURCES ... LINK ...)
function(add_rowlock_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  rowlock_common(${name})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tools)
  target_link_libraries(${name} PRIVATE ${ARG_LINK})
  set_property(GLOBAL APPEND PROPERTY ROWLOCK_TOOLS ${name})
endfunction()

# add_rowlock_unittest(NAME SOURCES ... LINK ... [SLOW])
#   One gtest binary, registered with ctest under the label quick or slow.
function(add_rowlock_unittest name)
  cmake_parse_arguments(ARG "SLOW" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  rowlock_common(${name})
  target_compile_definitions(${name} PRIVATE
    ROWLOCK_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    ROWLOCK_SHARED_DIR="${CMAKE_SOURCE_DIR}/../shared")
  target_link_libraries(${name} PRIVATE ${ARG_LINK} GTest::gtest_main)
  set(label quick)
  if(ARG_SLOW)
    set(label slow)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 3600)
endfunction()
