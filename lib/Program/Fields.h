//===- Fields.h - The fields of every table, by name ------------*- C++ -*-===//
//
// One list for whatever walks a program in object form: the writer, the
// disassembler and the assembler. `visitFields<T>(visitor)` calls
// `visitor(name, pointer to member)` for each field of T, in schema order.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_PROGRAM_FIELDS_H
#define ROWLOCK_LIB_PROGRAM_FIELDS_H

#include "rowlock/Program/program_generated.h"

#include <type_traits>

namespace rowlock {

template <typename T, typename Visitor> void visitFields(Visitor &&visit) {
  if constexpr (std::is_same_v<T, fb::AffineT>) {
    visit("base", &fb::AffineT::base);
    visit("strides", &fb::AffineT::strides);
  } else if constexpr (std::is_same_v<T, fb::CountT>) {
    visit("terms", &fb::CountT::terms);
  } else if constexpr (std::is_same_v<T, fb::AddressT>) {
    visit("affine", &fb::AddressT::affine);
    visit("term", &fb::AddressT::term);
    visit("modulus", &fb::AddressT::modulus);
    visit("ring", &fb::AddressT::ring);
    visit("least", &fb::AddressT::least);
  } else if constexpr (std::is_same_v<T, fb::WaitT>) {
    visit("token", &fb::WaitT::token);
    visit("value", &fb::WaitT::value);
  } else if constexpr (std::is_same_v<T, fb::SignalT>) {
    visit("token", &fb::SignalT::token);
    visit("amount", &fb::SignalT::amount);
  } else if constexpr (std::is_same_v<T, fb::TensorT>) {
    visit("name", &fb::TensorT::name);
    visit("kind", &fb::TensorT::kind);
    visit("type", &fb::TensorT::type);
    visit("shape", &fb::TensorT::shape);
    visit("scale", &fb::TensorT::scale);
    visit("channel_scales", &fb::TensorT::channel_scales);
    visit("channel_axis", &fb::TensorT::channel_axis);
    visit("zero_point", &fb::TensorT::zero_point);
    visit("address", &fb::TensorT::address);
    visit("size", &fb::TensorT::size);
    visit("order", &fb::TensorT::order);
    visit("row_pitch", &fb::TensorT::row_pitch);
    visit("stored_padding", &fb::TensorT::stored_padding);
    visit("coded_rows", &fb::TensorT::coded_rows);
    visit("constant_offset", &fb::TensorT::constant_offset);
  } else if constexpr (std::is_same_v<T, fb::LoopT>) {
    visit("trips", &fb::LoopT::trips);
  } else if constexpr (std::is_same_v<T, fb::EndT>) {
    visit("unused", &fb::EndT::unused);
  } else if constexpr (std::is_same_v<T, fb::ConfigureT>) {
    visit("frame", &fb::ConfigureT::frame);
  } else if constexpr (std::is_same_v<T, fb::LoadT>) {
    visit("kind", &fb::LoadT::kind);
    visit("tensor", &fb::LoadT::tensor);
    visit("image", &fb::LoadT::image);
    visit("channel", &fb::LoadT::channel);
    visit("row", &fb::LoadT::row);
    visit("column", &fb::LoadT::column);
    visit("group_step", &fb::LoadT::group_step);
    visit("row_step", &fb::LoadT::row_step);
    visit("column_step", &fb::LoadT::column_step);
    visit("images", &fb::LoadT::images);
    visit("groups", &fb::LoadT::groups);
    visit("channels", &fb::LoadT::channels);
    visit("rows", &fb::LoadT::rows);
    visit("columns", &fb::LoadT::columns);
    visit("glb", &fb::LoadT::glb);
    visit("image_stride", &fb::LoadT::image_stride);
    visit("group_stride", &fb::LoadT::group_stride);
    visit("channel_stride", &fb::LoadT::channel_stride);
    visit("row_stride", &fb::LoadT::row_stride);
    visit("pad_value", &fb::LoadT::pad_value);
  } else if constexpr (std::is_same_v<T, fb::FilterBoxT>) {
    visit("tensor", &fb::FilterBoxT::tensor);
    visit("filter", &fb::FilterBoxT::filter);
    visit("channel", &fb::FilterBoxT::channel);
    visit("row", &fb::FilterBoxT::row);
    visit("column", &fb::FilterBoxT::column);
    visit("group_step", &fb::FilterBoxT::group_step);
    visit("waits", &fb::FilterBoxT::waits);
    visit("row_step", &fb::FilterBoxT::row_step);
    visit("column_step", &fb::FilterBoxT::column_step);
  } else if constexpr (std::is_same_v<T, fb::RecordBoxT>) {
    visit("tensor", &fb::RecordBoxT::tensor);
    visit("first", &fb::RecordBoxT::first);
    visit("entry", &fb::RecordBoxT::entry);
    visit("count", &fb::RecordBoxT::count);
  } else if constexpr (std::is_same_v<T, fb::PassT>) {
    visit("ifmap", &fb::PassT::ifmap);
    visit("psum", &fb::PassT::psum);
    visit("images", &fb::PassT::images);
    visit("groups", &fb::PassT::groups);
    visit("filters", &fb::PassT::filters);
    visit("channels", &fb::PassT::channels);
    visit("rows", &fb::PassT::rows);
    visit("columns", &fb::PassT::columns);
    visit("start", &fb::PassT::start);
    visit("init_when", &fb::PassT::init_when);
    visit("filters_from", &fb::PassT::filters_from);
    visit("records_from", &fb::PassT::records_from);
    visit("record", &fb::PassT::record);
    visit("record_group_step", &fb::PassT::record_group_step);
    visit("filters_when", &fb::PassT::filters_when);
  } else if constexpr (std::is_same_v<T, fb::StoreT>) {
    visit("raw", &fb::StoreT::raw);
    visit("tensor", &fb::StoreT::tensor);
    visit("psum", &fb::StoreT::psum);
    visit("images", &fb::StoreT::images);
    visit("groups", &fb::StoreT::groups);
    visit("filters", &fb::StoreT::filters);
    visit("rows", &fb::StoreT::rows);
    visit("columns", &fb::StoreT::columns);
    visit("image", &fb::StoreT::image);
    visit("channel", &fb::StoreT::channel);
    visit("row", &fb::StoreT::row);
    visit("column", &fb::StoreT::column);
    visit("group_step", &fb::StoreT::group_step);
    visit("row_step", &fb::StoreT::row_step);
    visit("column_step", &fb::StoreT::column_step);
    visit("record", &fb::StoreT::record);
    visit("record_group_step", &fb::StoreT::record_group_step);
  } else if constexpr (std::is_same_v<T, fb::HostT>) {
    visit("layer", &fb::HostT::layer);
  } else if constexpr (std::is_same_v<T, fb::CommandT>) {
    visit("operation", &fb::CommandT::operation);
    visit("waits", &fb::CommandT::waits);
    visit("signals", &fb::CommandT::signals);
  } else if constexpr (std::is_same_v<T, fb::FrameT>) {
    visit("words", &fb::FrameT::words);
  } else if constexpr (std::is_same_v<T, fb::AttributeT>) {
    visit("name", &fb::AttributeT::name);
    visit("ints", &fb::AttributeT::ints);
    visit("reals", &fb::AttributeT::reals);
  } else if constexpr (std::is_same_v<T, fb::LayerT>) {
    visit("name", &fb::LayerT::name);
    visit("kernel", &fb::LayerT::kernel);
    visit("operands", &fb::LayerT::operands);
    visit("results", &fb::LayerT::results);
    visit("attributes", &fb::LayerT::attributes);
    visit("first_command", &fb::LayerT::first_command);
    visit("last_command", &fb::LayerT::last_command);
  } else if constexpr (std::is_same_v<T, fb::TargetValueT>) {
    visit("name", &fb::TargetValueT::name);
    visit("value", &fb::TargetValueT::value);
  } else if constexpr (std::is_same_v<T, fb::TargetT>) {
    visit("hash", &fb::TargetT::hash);
    visit("values", &fb::TargetT::values);
  } else if constexpr (std::is_same_v<T, fb::PreprocessingT>) {
    visit("input", &fb::PreprocessingT::input);
    visit("layout", &fb::PreprocessingT::layout);
    visit("channel_order", &fb::PreprocessingT::channel_order);
    visit("resize_short_side", &fb::PreprocessingT::resize_short_side);
    visit("resize_width", &fb::PreprocessingT::resize_width);
    visit("resize_height", &fb::PreprocessingT::resize_height);
    visit("crop_width", &fb::PreprocessingT::crop_width);
    visit("crop_height", &fb::PreprocessingT::crop_height);
    visit("invert", &fb::PreprocessingT::invert);
    visit("scale", &fb::PreprocessingT::scale);
    visit("mean", &fb::PreprocessingT::mean);
  } else if constexpr (std::is_same_v<T, fb::LayerDebugT>) {
    visit("layer", &fb::LayerDebugT::layer);
    visit("location", &fb::LayerDebugT::location);
    visit("mapping", &fb::LayerDebugT::mapping);
    visit("predicted", &fb::LayerDebugT::predicted);
    visit("split", &fb::LayerDebugT::split);
  } else if constexpr (std::is_same_v<T, fb::ProgramT>) {
    visit("format_version", &fb::ProgramT::format_version);
    visit("semantics_version", &fb::ProgramT::semantics_version);
    visit("target", &fb::ProgramT::target);
    visit("tensors", &fb::ProgramT::tensors);
    visit("frames", &fb::ProgramT::frames);
    visit("commands", &fb::ProgramT::commands);
    visit("tokens", &fb::ProgramT::tokens);
    visit("layers", &fb::ProgramT::layers);
    visit("dram_bytes", &fb::ProgramT::dram_bytes);
    visit("preprocessing", &fb::ProgramT::preprocessing);
    visit("labels", &fb::ProgramT::labels);
    visit("debug", &fb::ProgramT::debug);
    visit("producer", &fb::ProgramT::producer);
    visit("checksum", &fb::ProgramT::checksum);
    visit("constants", &fb::ProgramT::constants);
  }
}

/// Calls `visit(table)` with the table that `operation` holds, if it holds one.
template <typename Visitor>
void visitOperation(fb::OperationUnion &operation, Visitor &&visit) {
  switch (operation.type) {
  case fb::Operation::Loop:
    return visit(*operation.AsLoop());
  case fb::Operation::End:
    return visit(*operation.AsEnd());
  case fb::Operation::Configure:
    return visit(*operation.AsConfigure());
  case fb::Operation::Load:
    return visit(*operation.AsLoad());
  case fb::Operation::Pass:
    return visit(*operation.AsPass());
  case fb::Operation::Store:
    return visit(*operation.AsStore());
  case fb::Operation::Host:
    return visit(*operation.AsHost());
  case fb::Operation::NONE:
    return;
  }
}

} // namespace rowlock

#endif // ROWLOCK_LIB_PROGRAM_FIELDS_H
