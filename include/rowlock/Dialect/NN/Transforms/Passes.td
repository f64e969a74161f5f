//===- Passes.td - Passes of the nn dialect ----------------*- tablegen -*-===//
#ifndef ROWLOCK_DIALECT_NN_TRANSFORMS_PASSES_TD
#define ROWLOCK_DIALECT_NN_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def FuseBias : Pass<"nn-fuse-bias"> {
  let summary = "Turn additions of constants into biases";
  let description = [{
    The sum of a float convolution or fully connected layer, used nowhere else,
    and of a constant with one value per filter becomes the layer's bias, added
    to one that is there. Reshapes and transpositions between them come behind.

    ```mlir
    %1 = nn.conv2d %x, %w : ...          // before
    %2 = nn.add %1, %b : ...
    %2 = nn.conv2d %x, %w, %b : ...      // after
    ```
  }];
  let statistics = [Statistic<"fused", "fused", "Number of sums fused">];
  let dependentDialects = ["::rowlock::nn::NNDialect"];
}

def FoldBatchNorm : Pass<"nn-fold-batch-norm"> {
  let summary = "Make batch normalisation a part of a convolution";
  let description = [{
    Filters and bias of a float convolution without activation, used nowhere
    else, take scale and shift of the batch normalisation behind it. The factors
    are computed in binary64 and rounded once. A batch normalisation without
    such a convolution becomes a depthwise one of 1 x 1, with reshapes around it
    where the rank is not 4. One with unknown parameters stays. Reshapes and
    transpositions between them that keep the channels in place come behind.

    ```mlir
    %1 = nn.conv2d %x, %w, %b : ...                        // before
    %2 = nn.batch_norm %1, %scale, %bias, %mean, %variance : ...
    %2 = nn.conv2d %x, %w2, %b2 : ...                      // after
    ```
  }];
  let statistics = [
    Statistic<"folded", "folded", "Number of normalisations folded">,
    Statistic<"depthwise", "depthwise",
              "Number of normalisations made convolutions">];
  let dependentDialects = ["::rowlock::nn::NNDialect"];
}

def FoldScale : Pass<"nn-fold-scale"> {
  let summary = "Make a product by a constant a part of a convolution";
  let description = [{
    Filters and bias of a float convolution without activation, used nowhere
    else, take the factors of the product behind it, where they vary with the
    channel only. Reshapes and transpositions between them come behind.

    ```mlir
    %1 = nn.conv2d %x, %w, %b : ...      // before
    %2 = nn.mul %1, %factor : ...
    %2 = nn.conv2d %x, %w2, %b2 : ...    // after
    ```
  }];
  let statistics = [Statistic<"folded", "folded", "Number of products folded">];
  let dependentDialects = ["::rowlock::nn::NNDialect"];
}

def FuseActivation : Pass<"nn-fuse-activation"> {
  let summary = "Fuse clips into the layers before them";
  let description = [{
    A float nn.clip behind a convolution, fully connected layer or sum that is
    used nowhere else becomes the layer's `activation`, within one that is there.
    Reshapes and transpositions between them come behind.

    ```mlir
    %1 = nn.conv2d %x, %w : ...                                      // before
    %2 = nn.clip %1 {activation = #nn.clip<0.0, inf>} : ...
    %2 = nn.conv2d %x, %w {activation = #nn.clip<0.0, inf>} : ...    // after
    ```
  }];
  let statistics = [Statistic<"fused", "fused", "Number of clips fused">];
  let dependentDialects = ["::rowlock::nn::NNDialect"];
}

def FuseQuantization : Pass<"nn-fuse-quantization", "::mlir::ModuleOp"> {
  let summary = "Make float layers between integers integer layers";
  let description = [{
    A float convolution, fully connected layer, product by a constant, sum,
    product, average pool or concatenation whose operands come from
    nn.dequantize and whose result goes to nn.quantize, through clips perhaps,
    becomes the integer layer: filters as signed integers without zero points, in
    8 bits where they fit, else in 16; the bias in steps of input scale times
    filter scale; the rescale from the real scales; the clips in the result's
    storage range. A constant for each filter that is added is a bias. Maximum
    pools, reshapes, transpositions and what else moves elements are done on the
    integers, also between a layer and the quantisation of its result; quantising what was dequantised is a rescale. Constants
    are quantised, and those that no integer layer takes become floats.

    Everything else stays: nn.dequantize, float layers, nn.quantize.

    ```mlir
    %1 = nn.dequantize %x : ...                    // before
    %2 = nn.dequantize %w : ...
    %3 = nn.conv2d %1, %2 : ...
    %4 = nn.quantize %3 : ...
    %4 = nn.conv2d %x, %w {rescale = ...} : ...    // after
    ```
  }];
  let statistics = [
    Statistic<"fused", "fused", "Number of layers made integer ones">];
  let dependentDialects = ["::rowlock::nn::NNDialect"];
}

#endif // ROWLOCK_DIALECT_NN_TRANSFORMS_PASSES_TD
