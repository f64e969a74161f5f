/*===- Model.c - Small ONNX models, written by hand
 * -------------------------===*/
#include "Model.h"

#include "Check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Protocol buffers: a key, field number and wire type, before each value. */

static void append(Model *to, const void *bytes, size_t size) {
  if (size > sizeof to->bytes - to->size) {
    fprintf(stderr, "a test's model exceeds %zu bytes\n", sizeof to->bytes);
    exit(1);
  }
  memcpy(to->bytes + to->size, bytes, size);
  to->size += size;
}

static void varint(Model *to, uint64_t value) {
  for (; value > 0x7f; value >>= 7)
    append(to, &(uint8_t){(uint8_t)(value | 0x80)}, 1);
  append(to, &(uint8_t){(uint8_t)value}, 1);
}

static void integer(Model *to, int field, int64_t value) {
  varint(to, (uint64_t)field << 3);
  varint(to, (uint64_t)value);
}

static void bytes(Model *to, int field, const void *value, size_t size) {
  varint(to, (uint64_t)field << 3 | 2);
  varint(to, size);
  append(to, value, size);
}

static void string(Model *to, int field, const char *value) {
  bytes(to, field, value, strlen(value));
}

static void message(Model *to, int field, const Model *value) {
  bytes(to, field, value->bytes, value->size);
}

enum { FLOAT = 1, INT64 = 7, ATTRIBUTE_INTS = 7 };

/* A ValueInfoProto: name = 1, type = 2 (tensor_type = 1 (elem_type = 1, shape =
 * 2 (dim = 1 (dim_value = 1)))). */
static Model value(const char *name, int element, size_t rank,
                   const int64_t *shape) {
  Model sizes = {.size = 0}, tensor = {.size = 0}, type = {.size = 0},
        info = {.size = 0};
  for (size_t k = 0; k < rank; ++k) {
    Model size = {.size = 0};
    integer(&size, 1, shape[k]);
    message(&sizes, 1, &size);
  }
  integer(&tensor, 1, element);
  message(&tensor, 2, &sizes);
  message(&type, 1, &tensor);
  string(&info, 1, name);
  message(&info, 2, &type);
  return info;
}

/* A NodeProto: input = 1, output = 2, name = 3, op_type = 4. */
static Model node(const char *op, const char *input, const char *output) {
  Model made = {.size = 0};
  string(&made, 1, input);
  string(&made, 2, output);
  string(&made, 3, "the node");
  string(&made, 4, op);
  return made;
}

/* A ModelProto of opset 13: ir_version = 1, graph = 7, opset_import = 8
 * (version = 2). */
static Model model(const Model *graph) {
  Model opset = {.size = 0}, made = {.size = 0};
  integer(&opset, 2, 13);
  integer(&made, 1, 7);
  message(&made, 7, graph);
  message(&made, 8, &opset);
  return made;
}

/* A GraphProto: node = 1, name = 2, initializer = 5, input = 11, output = 12.
 */
Model unaryModel(const char *op, size_t rank, const int64_t *shape) {
  Model graph = {.size = 0}, only = node(op, "x", "y");
  Model x = value("x", FLOAT, rank, shape), y = value("y", FLOAT, rank, shape);
  message(&graph, 1, &only);
  string(&graph, 2, "graph");
  message(&graph, 11, &x);
  message(&graph, 12, &y);
  return model(&graph);
}

Model reshapeModel(void) {
  const int64_t in[] = {2, 3}, two[] = {2};
  Model graph = {.size = 0}, only = node("Reshape", "x", "y");
  string(&only, 1, "s");
  Model x = value("x", FLOAT, 2, in), s = value("s", INT64, 1, two),
        y = value("y", FLOAT, 2, in);
  message(&graph, 1, &only);
  string(&graph, 2, "graph");
  message(&graph, 11, &x);
  message(&graph, 11, &s);
  message(&graph, 12, &y);
  return model(&graph);
}

Model convModel(void) {
  Model pads = {.size = 0}; /* AttributeProto: name = 1, ints = 8, type = 20 */
  string(&pads, 1, "pads");
  for (int k = 0; k < 4; ++k)
    integer(&pads, 8, 1);
  integer(&pads, 20, ATTRIBUTE_INTS);
  Model conv = {.size = 0};
  string(&conv, 1, "x");
  string(&conv, 1, "w");
  string(&conv, 2, "c");
  string(&conv, 4, "Conv");
  message(&conv, 5, &pads);

  Model weights = {.size = 0}; /* TensorProto: dims = 1, data_type = 2, name =
                                  8, raw_data = 9 */
  const int64_t sizes[] = {3, 2, 3, 3};
  for (int k = 0; k < 4; ++k)
    integer(&weights, 1, sizes[k]);
  integer(&weights, 2, FLOAT);
  string(&weights, 8, "w");
  float halves[54];
  for (int k = 0; k < 54; ++k)
    halves[k] = 0.5f;
  bytes(&weights, 9, halves, sizeof halves);

  const int64_t in[] = {1, 2, 4, 4}, out[] = {1, 3, 4, 4};
  Model graph = {.size = 0}, relu = node("Relu", "c", "y");
  Model x = value("x", FLOAT, 4, in), y = value("y", FLOAT, 4, out);
  message(&graph, 1, &conv);
  message(&graph, 1, &relu);
  string(&graph, 2, "graph");
  message(&graph, 5, &weights);
  message(&graph, 11, &x);
  message(&graph, 12, &y);
  return model(&graph);
}

const char convRanges[] = "version: 1\n"
                          "ranges:\n"
                          "  - { tensor: x, min: -1, max: 1 }\n"
                          "  - { tensor: c, min: -9, max: 9 }\n"
                          "  - { tensor: y, min: 0, max: 9 }\n";

RowlockCompileOptions *cpuOptions(void) {
  RowlockCompileOptions *options = rowlockCompileOptionsCreate();
  CHECK_OK(rowlockCompileOptionsSetRunsOn(options, ROWLOCK_RUNS_ON_CPU));
  return options;
}

static RowlockProgram *compiled(const Model *model,
                                RowlockCompileOptions *options) {
  RowlockProgram *program;
  CHECK_OK(rowlockCompileBytes(model->bytes, model->size, NULL, NULL, options,
                               &program));
  rowlockCompileOptionsDestroy(options);
  if (!program)
    exit(1);
  return program;
}

RowlockProgram *reluProgram(void) {
  Model relu = unaryModel("Relu", 2, (int64_t[]){2, 3});
  return compiled(&relu, cpuOptions());
}

RowlockProgram *convProgram(void) {
  Model conv = convModel();
  RowlockCompileOptions *options = rowlockCompileOptionsCreate();
  CHECK_OK(rowlockCompileOptionsSetCalibrationTableText(options, convRanges));
  return compiled(&conv, options);
}
