//===- ArrayView.cpp - Who does what in a pass ----------------------------===//
#include "rowlock/Simulator/ArrayView.h"

#include "ArrayConfiguration.h"
#include "PassCommand.h"

using namespace rowlock;

namespace {
/// Where the filters that the PEs hold come from, in the filter tensor.
struct FilterOrigin {
  int64_t filter = 0, channel = 0, row = 0;
  int64_t groupStep = 0, rowStep = 1;
};
} // namespace

static FilterOrigin originOf(const CommandWalker &at) {
  const fb::FilterBox &box = *at.command().operation_as_Pass()->filters_from();
  auto value = [&](const fb::Affine *affine) {
    return evaluate(affine, at.indices(), at.depth());
  };
  return {value(box.filter()), value(box.channel()), value(box.row()),
          box.group_step(), box.row_step()};
}

static std::optional<PEView::Filter> heldBy(const FilterTag &tag,
                                            const FrameValues &frame,
                                            const PassCounts &n,
                                            const FilterOrigin &origin) {
  if (tag.set < 0 || tag.set / frame.t >= n.groups)
    return std::nullopt;
  int64_t filter = tag.set % frame.t * frame.p;
  int64_t channel = tag.channelSet * frame.q;
  PEView::Filter held;
  held.filters.count = std::min(frame.p, n.filters - filter);
  held.channels.count = std::min(frame.q, n.channels - channel);
  if (held.filters.count <= 0 || held.channels.count <= 0)
    return std::nullopt;
  held.filters.first =
      origin.filter + tag.set / frame.t * origin.groupStep + filter;
  held.channels.first = origin.channel + channel;
  held.row = origin.row + tag.row * origin.rowStep;
  return held;
}

static std::vector<PEView> viewPEs(const ArrayConfiguration &configuration,
                                   const PassCounts &n,
                                   const FilterOrigin &origin) {
  const FrameValues &frame = configuration.frame;
  std::vector<PEView> pes(frame.enable.size());
  int64_t ifmapRows = (n.rows - 1) * frame.stride_y + frame.filter_height;
  for (size_t pe = 0; pe < pes.size(); ++pe) {
    if (!frame.enable[pe])
      continue;
    PEView &view = pes[pe];
    view.enabled = true;
    view.fromBelow = frame.psum_from_below[pe] != 0;
    view.filter = heldBy(configuration.filterTags[pe], frame, n, origin);
    const IfmapTag &ifmap = configuration.ifmapTags[pe];
    if (ifmap.group >= 0 && ifmap.group < n.groups && ifmap.row < ifmapRows &&
        ifmap.channelSet * frame.q < n.channels)
      view.ifmapRow = ifmap.row;
  }
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t t = 0; t * frame.p < n.filters; ++t)
      for (int64_t y = 0; y < n.rows; ++y)
        if (const PsumChain *chain = configuration.chain(g * frame.t + t, y))
          for (size_t pe : chain->pes) {
            pes[pe].psumRow = y;
            pes[pe].sendsUp = pe != chain->pes.back();
          }
  return pes;
}

Result<ArrayView> rowlock::viewPass(const Program &program, uint32_t layer,
                                    int64_t pass) {
  const fb::Layer &entry = *items(program.table().layers())[layer];
  CommandList list(program.table());
  ArrayView view;
  view.pass = pass;
  FilterOrigin origin, wanted;
  std::optional<uint32_t> frame;
  for (CommandWalker at(list, Engine::Array); !at.done(); at.advance()) {
    if (const fb::Configure *command = at.command().operation_as_Configure()) {
      frame = command->frame();
      continue;
    }
    if (streamsFilters(at))
      origin = originOf(at);
    PassCounts counts = passCounts(at);
    if (counts.isVoid() || at.index() < entry.first_command() ||
        at.index() >= entry.last_command())
      continue;
    if (view.passes++ != pass)
      continue;
    view.frameNumber = *frame;
    view.counts = counts;
    wanted = origin;
  }
  std::string who = "'" + program.name() + "': layer '" + text(entry.name());
  if (view.passes == 0)
    return Status::error(who + "' runs no passes on the array");
  if (pass < 0 || pass >= view.passes)
    return Status::error(who + "' has no pass " + std::to_string(pass) +
                         ", its last one is " +
                         std::to_string(view.passes - 1));
  view.frame = program.frame(view.frameNumber);
  view.pes = viewPEs(ArrayConfiguration(view.frame, program.target()),
                     view.counts, wanted);
  return view;
}
