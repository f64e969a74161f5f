//===- IRMutator.cpp - Text of IR with a few words changed ----------------===//
//
// What the fuzzer tries next: numbers, words and lines of the text are changed,
// left out, repeated or exchanged, so that much of it still parses.
//
//===----------------------------------------------------------------------===//
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

/// Words and numbers, and everything between them, in order.
static std::vector<std::string> split(const std::string &text) {
  std::vector<std::string> words;
  auto kind = [](char c) {
    if (std::isdigit(static_cast<unsigned char>(c)))
      return 1;
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_' ? 2 : 3;
  };
  for (char c : text)
    if (!words.empty() && kind(c) != 3 && kind(words.back().back()) == kind(c))
      words.back() += c;
    else
      words.emplace_back(1, c);
  return words;
}

static std::string otherNumber(const std::string &old, std::mt19937 &random) {
  static const char *const bounds[] = {"0",
                                       "1",
                                       "2",
                                       "-1",
                                       "127",
                                       "128",
                                       "255",
                                       "256",
                                       "32767",
                                       "65536",
                                       "2147483647",
                                       "2147483648",
                                       "4294967296",
                                       "9223372036854775807",
                                       "-9223372036854775808"};
  uint64_t value = std::strtoull(old.c_str(), nullptr, 10);
  switch (random() % 4) {
  case 0:
    return std::to_string(value + 1);
  case 1:
    return std::to_string(value ? value - 1 : 3);
  case 2:
    return std::to_string(random() % 16);
  default:
    return bounds[random() % std::size(bounds)];
  }
}

static void changeWord(std::vector<std::string> &words, std::mt19937 &random) {
  size_t at = random() % words.size(), other = random() % words.size();
  if (std::isdigit(static_cast<unsigned char>(words[at][0])) && random() % 8) {
    words[at] = otherNumber(words[at], random);
    return;
  }
  switch (random() % 4) {
  case 0:
    words.erase(words.begin() + long(at));
    break;
  case 1:
    words.insert(words.begin() + long(at), std::string(words[other]));
    break;
  case 2:
    words[at] = std::string(words[other]);
    break;
  default:
    std::swap(words[at], words[other]);
  }
}

static std::string changeLine(const std::string &text, std::mt19937 &random) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = text.find('\n', begin);
    end = end == std::string::npos ? text.size() : end + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  size_t at = random() % lines.size(), other = random() % lines.size();
  switch (random() % 3) {
  case 0:
    lines.erase(lines.begin() + long(at));
    break;
  case 1:
    lines.insert(lines.begin() + long(at), std::string(lines[other]));
    break;
  default:
    std::swap(lines[at], lines[other]);
  }
  std::string changed;
  for (const std::string &line : lines)
    changed += line;
  return changed;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  std::mt19937 random(seed);
  std::string text(reinterpret_cast<const char *>(data), size);
  if (text.empty() || random() % 16 == 0)
    return LLVMFuzzerMutate(data, size, maxSize);
  if (random() % 6 == 0) {
    text = changeLine(text, random);
  } else {
    std::vector<std::string> words = split(text);
    for (size_t changes = 1 + random() % 3; changes > 0 && !words.empty();
         --changes)
      changeWord(words, random);
    text.clear();
    for (const std::string &word : words)
      text += word;
  }
  if (text.empty() || text.size() > maxSize)
    return LLVMFuzzerMutate(data, size, maxSize);
  std::copy(text.begin(), text.end(), data);
  return text.size();
}
