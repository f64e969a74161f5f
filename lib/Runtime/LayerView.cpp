//===- LayerView.cpp - A layer as kernels see it --------------------------===//
#include "LayerView.h"

#include "rowlock/Program/Values.h"

using namespace rowlock;

static const fb::Attribute *find(const fb::Layer *layer, const char *name) {
  for (const fb::Attribute *attribute : items(layer->attributes()))
    if (text(attribute->name()) == name)
      return attribute;
  return nullptr;
}

bool LayerView::has(const char *name) const { return find(layer, name); }

std::vector<int64_t> LayerView::ints(const char *name,
                                     std::vector<int64_t> fallback) const {
  const fb::Attribute *attribute = find(layer, name);
  if (!attribute)
    return fallback;
  std::vector<int64_t> values;
  for (int64_t value : items(attribute->ints()))
    values.push_back(value);
  return values;
}

std::vector<float> LayerView::reals(const char *name) const {
  std::vector<float> values;
  if (const fb::Attribute *attribute = find(layer, name))
    for (double value : items(attribute->reals()))
      values.push_back(float(value));
  return values;
}

Result<std::vector<int64_t>>
LayerView::ints(const char *name, size_t count, int64_t low, int64_t high,
                std::vector<int64_t> fallback) const {
  std::vector<int64_t> values = ints(name, std::move(fallback));
  if (values.size() != count)
    return Status::error("attribute '" + std::string(name) + "' has " +
                         std::to_string(values.size()) + " values, expected " +
                         std::to_string(count));
  for (int64_t value : values)
    if (value < low || value > high)
      return Status::error("attribute '" + std::string(name) + "' is " +
                           std::to_string(value) + ", expected " +
                           std::to_string(low) + " to " + std::to_string(high));
  return values;
}
