//===- GlobalBuffer.h - GLB banks and their regions -------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_GLOBALBUFFER_H
#define ROWLOCK_LIB_SIMULATOR_GLOBALBUFFER_H

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace rowlock {

/// The banks; contents survive everything but a new run.
class GlobalBuffer {
public:
  GlobalBuffer(size_t banks, size_t bankBytes)
      : bankBytes(bankBytes), bytes(banks * bankBytes) {}

  void clear() { std::fill(bytes.begin(), bytes.end(), 0); }

  /// A region as one run of words.
  class Region {
  public:
    Region(GlobalBuffer &glb, const std::vector<size_t> &banks,
           size_t wordBytes)
        : glb(&glb), banks(&banks), wordBytes(wordBytes) {}
    /// Words [first, first + count) exist.
    bool holds(int64_t first, int64_t count) const {
      return first >= 0 && count >= 0 && first + count <= size();
    }
    int64_t size() const {
      return int64_t(banks->size() * glb->bankBytes / wordBytes);
    }
    /// The bytes of a word. Banks hold whole words.
    uint8_t *word(int64_t index) const {
      size_t byte = size_t(index) * wordBytes;
      return glb->bytes.data() +
             (*banks)[byte / glb->bankBytes] * glb->bankBytes +
             byte % glb->bankBytes;
    }

  private:
    GlobalBuffer *glb;
    const std::vector<size_t> *banks;
    size_t wordBytes;
  };

private:
  size_t bankBytes;
  std::vector<uint8_t> bytes;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_GLOBALBUFFER_H
