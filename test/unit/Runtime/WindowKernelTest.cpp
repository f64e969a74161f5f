//===- WindowKernelTest.cpp - Conv, MatMul, pools against loops -----------===//
#include "HostProgram.h"

#include "rowlock/Numerics/Integer.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

namespace {

/// A random convolution or pool.
struct Shape {
  int64_t n, c, h, w, m, groups, r, s, sy, sx, dy, dx, top, left, bottom, right;
  int64_t rows, columns;
  explicit Shape(std::mt19937 &random) {
    auto pick = [&](int low, int high) {
      return int64_t(low + int(random() % uint32_t(high - low + 1)));
    };
    groups = pick(1, 2);
    n = pick(1, 2), c = groups * pick(1, 3), m = groups * pick(1, 3);
    h = pick(3, 9), w = pick(3, 9), r = pick(1, 3), s = pick(1, 3);
    sy = pick(1, 3), sx = pick(1, 2), dy = pick(1, 2), dx = pick(1, 2);
    top = pick(0, int(r) - 1), bottom = pick(0, int(r) - 1);
    left = pick(0, int(s) - 1), right = pick(0, int(s) - 1);
    if ((r - 1) * dy + 1 > h + top + bottom)
      dy = 1;
    if ((s - 1) * dx + 1 > w + left + right)
      dx = 1;
    fit();
  }
  void fit() {
    rows = (h + top + bottom - (r - 1) * dy - 1) / sy + 1;
    columns = (w + left + right - (s - 1) * dx - 1) / sx + 1;
  }
  Ints input() const { return {n, c, h, w}; }
  Ints filter() const { return {m, c / groups, r, s}; }
  Ints output(int64_t maps) const { return {n, maps, rows, columns}; }
  void attributes(HostProgram &program) const {
    program.ints("strides", {sy, sx});
    program.ints("pads", {top, left, bottom, right});
    program.ints("dilations", {dy, dx});
  }
  /// Calls `use(input element of channel `ch`, i, j)` inside the input.
  template <typename Use>
  void window(int64_t image, int64_t ch, int64_t y, int64_t x, Use use) const {
    for (int64_t i = 0; i < r; ++i)
      for (int64_t j = 0; j < s; ++j) {
        int64_t row = y * sy + i * dy - top, column = x * sx + j * dx - left;
        if (row >= 0 && row < h && column >= 0 && column < w)
          use(((image * c + ch) * h + row) * w + column, i, j);
      }
  }
  /// Calls `use(result element, image, map, y, x)`.
  template <typename Use> void results(int64_t maps, Use use) const {
    int64_t k = 0;
    for (int64_t image = 0; image < n; ++image)
      for (int64_t map = 0; map < maps; ++map)
        for (int64_t y = 0; y < rows; ++y)
          for (int64_t x = 0; x < columns; ++x)
            use(size_t(k++), image, map, y, x);
  }
  /// The sum of products of one result element.
  template <typename Sum, typename Product>
  Sum convolve(int64_t image, int64_t map, int64_t y, int64_t x,
               Product product) const {
    Sum sum = 0;
    int64_t depth = c / groups, first = map / (m / groups) * depth;
    for (int64_t ch = 0; ch < depth; ++ch)
      window(image, first + ch, y, x, [&](int64_t at, int64_t i, int64_t j) {
        sum +=
            product(size_t(((map * depth + ch) * r + i) * s + j), size_t(at));
      });
    return sum;
  }
};

constexpr auto In = fb::TensorKind::Input;
constexpr auto Out = fb::TensorKind::Output;

/// The device of a finished program; a failure of the test if there is none.
std::unique_ptr<HostDevice> deviceOf(HostProgram &builder) {
  Result<Program> program = builder.finish();
  EXPECT_TRUE(program) << program.message();
  if (!program)
    return nullptr;
  Result<HostDevice> device = HostDevice::create(*program);
  EXPECT_TRUE(device) << device.message();
  if (!device)
    return nullptr;
  return std::make_unique<HostDevice>(std::move(*device));
}

size_t countOf(const Ints &shape) { return size_t(elementsOf(shape)); }

} // namespace

TEST(ConvKernel, Float) {
  std::mt19937 random(1);
  for (int k = 0; k < 50; ++k) {
    Shape z(random);
    HostProgram program;
    uint32_t x = program.tensor(In, fb::ElementType::F32, z.input());
    uint32_t w = program.tensor(In, fb::ElementType::F32, z.filter());
    uint32_t b = program.tensor(In, fb::ElementType::F32, {z.m});
    uint32_t y = program.tensor(Out, fb::ElementType::F32, z.output(z.m));
    program.layer(fb::Kernel::Conv, {x, w, b}, y);
    z.attributes(program);
    program.ints("groups", {z.groups}).reals("clip", {0, 1.5f});
    auto device = deviceOf(program);
    ASSERT_TRUE(device);
    auto input = randomFloats(random, countOf(z.input()));
    auto filter = randomFloats(random, countOf(z.filter()));
    auto bias = randomFloats(random, size_t(z.m));
    ASSERT_TRUE(writeTensor(*device, x, input));
    ASSERT_TRUE(writeTensor(*device, w, filter));
    ASSERT_TRUE(writeTensor(*device, b, bias));
    ASSERT_TRUE(device->run());
    auto result = readTensor<float>(*device, y, countOf(z.output(z.m)));
    z.results(z.m, [&](size_t at, int64_t n, int64_t m, int64_t e, int64_t f) {
      double sum = z.convolve<double>(n, m, e, f, [&](size_t i, size_t j) {
        return double(filter[i]) * input[j];
      });
      sum = std::min(std::max(sum + bias[size_t(m)], 0.0), 1.5);
      EXPECT_NEAR(result[at], sum, 1e-5);
    });
  }
}

TEST(ConvKernel, Integer) {
  std::mt19937 random(2);
  for (int k = 0; k < 50; ++k) {
    Shape z(random);
    HostProgram program;
    uint32_t x = program.tensor(In, fb::ElementType::U8, z.input(), 0.1f, 3);
    uint32_t w = program.tensor(In, fb::ElementType::I8, z.filter(), 0.1f);
    uint32_t b = program.tensor(In, fb::ElementType::I32, {z.m});
    uint32_t y = program.tensor(Out, fb::ElementType::I8, z.output(z.m), 0.1f);
    Ints multipliers, shifts;
    for (int64_t m = 0; m < z.m; ++m) {
      multipliers.push_back((1 << 25) + int64_t(random() % (1 << 25)));
      shifts.push_back(30 + int64_t(random() % 6));
    }
    program.layer(fb::Kernel::Conv, {x, w, b}, y);
    z.attributes(program);
    program.ints("groups", {z.groups}).ints("input_zero_points", {3, 1});
    program.ints("output_zero_point", {-5});
    program.ints("clip_low", {-100}).ints("clip_high", {90});
    program.ints("rescale_multipliers", multipliers);
    program.ints("rescale_shifts", shifts);
    auto device = deviceOf(program);
    ASSERT_TRUE(device);
    auto input = randomIntegers<uint8_t>(random, countOf(z.input()), 0, 255);
    auto filter =
        randomIntegers<int8_t>(random, countOf(z.filter()), -128, 127);
    auto bias = randomIntegers<int32_t>(random, size_t(z.m), -5000, 5000);
    ASSERT_TRUE(writeTensor(*device, x, input));
    ASSERT_TRUE(writeTensor(*device, w, filter));
    ASSERT_TRUE(writeTensor(*device, b, bias));
    ASSERT_TRUE(device->run());
    auto result = readTensor<int8_t>(*device, y, countOf(z.output(z.m)));
    z.results(z.m, [&](size_t at, int64_t n, int64_t m, int64_t e, int64_t f) {
      int64_t sum = z.convolve<int64_t>(n, m, e, f, [&](size_t i, size_t j) {
        return (int64_t(filter[i]) - 1) * (int64_t(input[j]) - 3);
      });
      double real = double(sum + bias[size_t(m)]) * multipliers[size_t(m)] /
                    std::ldexp(1.0, int(shifts[size_t(m)]));
      double rounded = std::floor(real + 0.5) - 5;
      EXPECT_EQ(result[at], std::min(std::max(rounded, -100.0), 90.0));
    });
  }
}

TEST(ConvKernel, Fixed16) {
  std::mt19937 random(3);
  for (int k = 0; k < 30; ++k) {
    Shape z(random);
    HostProgram program;
    uint32_t x = program.tensor(In, fb::ElementType::I16, z.input(), 1);
    uint32_t w = program.tensor(In, fb::ElementType::I16, z.filter(), 1);
    uint32_t b = program.tensor(In, fb::ElementType::I16, {z.m});
    uint32_t y = program.tensor(Out, fb::ElementType::I16, z.output(z.m), 1);
    program.layer(fb::Kernel::Conv, {x, w, b}, y);
    z.attributes(program);
    program.ints("groups", {z.groups}).ints("product_shift", {7});
    program.ints("clip_low", {0}).ints("input_zero_points", {0, 0});
    auto device = deviceOf(program);
    ASSERT_TRUE(device);
    auto input =
        randomIntegers<int16_t>(random, countOf(z.input()), -32768, 32767);
    auto filter =
        randomIntegers<int16_t>(random, countOf(z.filter()), -32768, 32767);
    auto bias = randomIntegers<int16_t>(random, size_t(z.m), -32768, 32767);
    ASSERT_TRUE(writeTensor(*device, x, input));
    ASSERT_TRUE(writeTensor(*device, w, filter));
    ASSERT_TRUE(writeTensor(*device, b, bias));
    ASSERT_TRUE(device->run());
    auto result = readTensor<int16_t>(*device, y, countOf(z.output(z.m)));
    z.results(z.m, [&](size_t at, int64_t n, int64_t m, int64_t e, int64_t f) {
      int64_t sum = z.convolve<int64_t>(n, m, e, f, [&](size_t i, size_t j) {
        return (int64_t(filter[i]) * input[j]) >> 7;
      });
      int16_t psum = int16_t(uint16_t(sum + bias[size_t(m)]));
      EXPECT_EQ(result[at], std::max<int16_t>(psum, 0));
    });
  }
}

TEST(PoolKernel, FloatAndInteger) {
  std::mt19937 random(4);
  for (int k = 0; k < 80; ++k) {
    Shape z(random);
    bool mean = k % 2, padding = k % 4 == 1;
    if (mean) {
      z.dy = z.dx = 1;
      z.fit();
    }
    HostProgram program;
    uint32_t x = program.tensor(In, fb::ElementType::F32, z.input());
    uint32_t y = program.tensor(Out, fb::ElementType::F32, z.output(z.c));
    uint32_t qx = program.tensor(In, fb::ElementType::I8, z.input(), 1, 4);
    uint32_t qy = program.tensor(Out, fb::ElementType::I8, z.output(z.c), 1, 4);
    Ints multipliers, shifts;
    for (int64_t count = 1; count <= z.r * z.s; ++count) {
      Requant entry = quantizeMultiplier(1.0 / double(count));
      multipliers.push_back(entry.multiplier);
      shifts.push_back(entry.shift);
    }
    for (uint32_t operand : {x, qx}) {
      program.layer(mean ? fb::Kernel::AveragePool : fb::Kernel::MaxPool,
                    {operand}, operand == x ? y : qy);
      z.attributes(program);
      program.ints("kernel", {z.r, z.s});
      if (mean)
        program.ints("count_include_pad", {padding});
      if (operand == x)
        continue;
      program.ints("input_zero_points", {4}).ints("output_zero_point", {4});
      if (mean)
        program.ints("rescale_multipliers", multipliers)
            .ints("rescale_shifts", shifts);
    }
    auto device = deviceOf(program);
    ASSERT_TRUE(device);
    auto input = randomFloats(random, countOf(z.input()));
    auto integers =
        randomIntegers<int8_t>(random, countOf(z.input()), -128, 127);
    ASSERT_TRUE(writeTensor(*device, x, input));
    ASSERT_TRUE(writeTensor(*device, qx, integers));
    ASSERT_TRUE(device->run());
    auto result = readTensor<float>(*device, y, countOf(z.output(z.c)));
    auto quantised = readTensor<int8_t>(*device, qy, countOf(z.output(z.c)));
    z.results(z.c, [&](size_t at, int64_t n, int64_t m, int64_t e, int64_t f) {
      double sum = 0, most = -INFINITY;
      int64_t isum = 0, imost = -128, count = 0;
      z.window(n, m, e, f, [&](int64_t from, int64_t, int64_t) {
        sum += input[size_t(from)];
        most = std::max(most, double(input[size_t(from)]));
        isum += integers[size_t(from)] - 4;
        imost = std::max(imost, int64_t(integers[size_t(from)]));
        ++count;
      });
      if (padding)
        count = z.r * z.s;
      if (!mean) {
        EXPECT_EQ(result[at], float(most));
        EXPECT_EQ(quantised[at], imost);
        return;
      }
      EXPECT_NEAR(result[at], sum / double(count), 1e-6);
      EXPECT_NEAR(quantised[at] - 4, double(isum) / double(count), 0.5000001);
    });
  }
}

TEST(PoolKernel, Indices) {
  std::mt19937 random(5);
  for (int k = 0; k < 40; ++k) {
    Shape z(random);
    bool columns = k % 2;
    HostProgram program;
    uint32_t x = program.tensor(In, fb::ElementType::F32, z.input());
    uint32_t y = program.tensor(Out, fb::ElementType::I64, z.output(z.c));
    program.layer(fb::Kernel::MaxPoolIndices, {x}, y);
    z.attributes(program);
    program.ints("kernel", {z.r, z.s}).ints("column_major", {columns});
    auto device = deviceOf(program);
    ASSERT_TRUE(device);
    // Few values, so that some are equal.
    std::vector<float> input;
    for (int8_t value :
         randomIntegers<int8_t>(random, countOf(z.input()), -2, 2))
      input.push_back(value);
    ASSERT_TRUE(writeTensor(*device, x, input));
    ASSERT_TRUE(device->run());
    auto result = readTensor<int64_t>(*device, y, countOf(z.output(z.c)));
    z.results(z.c, [&](size_t at, int64_t n, int64_t m, int64_t e, int64_t f) {
      int64_t place = (n * z.c + m) * z.h * z.w;
      float most = -INFINITY;
      z.window(n, m, e, f, [&](int64_t from, int64_t, int64_t) {
        if (input[size_t(from)] <= most)
          return;
        most = input[size_t(from)];
        place = from;
      });
      if (columns) {
        int64_t map = place / (z.h * z.w), row = place / z.w % z.h;
        place = (map * z.w + place % z.w) * z.h + row;
      }
      EXPECT_EQ(result[at], place);
    });
  }
}

TEST(MatMulKernel, Matrices) {
  std::mt19937 random(6);
  for (int k = 0; k < 40; ++k) {
    auto size = [&] { return int64_t(1 + random() % 4); };
    int64_t rows = size(), depth = size(), columns = size() * 3;
    // The leading sizes 4 x 3, of which each operand may lack some.
    Ints leads[2];
    for (Ints &lead : leads) {
      lead = {random() % 2 ? 4 : 1, random() % 2 ? 3 : 1};
      lead.erase(lead.begin(), lead.begin() + int64_t(random() % 3));
    }
    auto sizeAt = [](const Ints &lead, size_t d) {
      return d + lead.size() < 2 ? 1 : lead[d + lead.size() - 2];
    };
    Ints out = {std::max(sizeAt(leads[0], 0), sizeAt(leads[1], 0)),
                std::max(sizeAt(leads[0], 1), sizeAt(leads[1], 1)), rows,
                columns};
    Ints left = leads[0], right = leads[1];
    left.insert(left.end(), {rows, depth});
    right.insert(right.end(), {depth, columns});
    HostProgram program;
    uint32_t x = program.tensor(In, fb::ElementType::F32, left);
    uint32_t w = program.tensor(In, fb::ElementType::F32, right);
    uint32_t y = program.tensor(Out, fb::ElementType::F32, out);
    program.layer(fb::Kernel::MatMul, {x, w}, y);
    auto device = deviceOf(program);
    ASSERT_TRUE(device);
    auto lhs = randomFloats(random, countOf(left));
    auto rhs = randomFloats(random, countOf(right));
    ASSERT_TRUE(writeTensor(*device, x, lhs));
    ASSERT_TRUE(writeTensor(*device, w, rhs));
    ASSERT_TRUE(device->run());
    auto result = readTensor<float>(*device, y, countOf(out));
    for (int64_t at = 0; at < int64_t(result.size()); ++at) {
      int64_t column = at % columns, row = at / columns % rows;
      int64_t inner = at / (columns * rows) % out[1];
      int64_t outer = at / (columns * rows * out[1]);
      auto matrix = [&](const Ints &lead) {
        int64_t major = outer % sizeAt(lead, 0),
                minor = inner % sizeAt(lead, 1);
        return major * sizeAt(lead, 1) + minor;
      };
      double sum = 0;
      for (int64_t c = 0; c < depth; ++c)
        sum +=
            double(lhs[size_t((matrix(leads[0]) * rows + row) * depth + c)]) *
            rhs[size_t((matrix(leads[1]) * depth + c) * columns + column)];
      EXPECT_NEAR(result[size_t(at)], sum, 1e-5);
    }
  }
}
