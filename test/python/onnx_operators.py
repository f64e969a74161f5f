"""The operators whose ONNX node tests count, by class."""

CLASSES = {
    "convolution": "Conv ConvTranspose ConvInteger QLinearConv",
    "matrix": "Gemm MatMul MatMulInteger QLinearMatMul",
    "pooling": "MaxPool AveragePool LpPool GlobalAveragePool GlobalMaxPool GlobalLpPool",
    "normalisation": "BatchNormalization InstanceNormalization LayerNormalization "
                     "GroupNormalization LRN",
    "activation": "Relu LeakyRelu PRelu Elu Selu Celu Clip Sigmoid HardSigmoid HardSwish Mish "
                  "Gelu Swish Tanh Softplus Softsign Softmax LogSoftmax",
    "elementwise": "Add Sub Mul Div Pow Sqrt Exp Log Abs Neg Reciprocal Erf Floor Ceil Round Min "
                   "Max Sum Mean Equal Greater GreaterOrEqual Less LessOrEqual And Or Not Where",
    "shape": "Concat Split Slice Reshape Flatten Transpose Squeeze Unsqueeze Expand Tile Pad "
             "Shape Size",
    "quantisation": "QuantizeLinear DequantizeLinear DynamicQuantizeLinear",
    "rest": "Gather GatherElements ScatterND Cast Constant ConstantOfShape Range Identity Dropout "
            "ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin "
            "ReduceProd ReduceSum ReduceSumSquare ArgMax ArgMin TopK Resize Upsample DepthToSpace "
            "SpaceToDepth NonMaxSuppression OneHot CumSum",
}

CLASS_OF = {op: name for name, ops in CLASSES.items() for op in ops.split()}


def percent(part, whole):
    return f"{part} of {whole} ({100 * part / whole if whole else 100:.1f} %)"
