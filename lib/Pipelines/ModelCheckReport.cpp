//===- ModelCheckReport.cpp - The check as a table and as JSON ------------===//
#include "rowlock/Pipelines/ModelCheck.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatAdapters.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace rowlock;

static const char *nameOf(Verdict verdict) {
  static const char *const names[] = {"array", "host", "folded", "unsupported",
                                      "not judged"};
  return names[size_t(verdict)];
}

/// Names of the model may hold any bytes.
static std::string printable(std::string text) {
  for (char &c : text)
    if (llvm::isASCII(c) && !llvm::isPrint(c))
      c = ' ';
  return text;
}

/// 1234567 as "1.2 M".
static std::string count(int64_t value) {
  const char *units[] = {"", " k", " M", " G", " T"};
  double scaled = double(value);
  size_t unit = 0;
  for (; scaled >= 1000 && unit < 4; ++unit)
    scaled /= 1000;
  std::string text;
  llvm::raw_string_ostream(text)
      << llvm::format(unit ? "%.1f" : "%.0f", scaled) << units[unit];
  return text;
}

static std::string summary(const ModelCheck &check) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << check.model << " on " << check.target << ": ";
  if (int64_t macs = check.macs())
    out << llvm::format("%.1f %% of ",
                        100.0 * double(check.arrayMacs()) / double(macs))
        << count(macs) << " MACs on the array; ";
  else
    out << "no MACs; ";
  out << check.nodes.size() << " nodes: " << check.count(Verdict::Array)
      << " array, " << check.count(Verdict::Host) << " host, "
      << check.count(Verdict::Folded) << " folded, "
      << check.count(Verdict::Unsupported) << " unsupported";
  if (int64_t others = check.count(Verdict::NotJudged))
    out << ", " << others << " not judged";
  out << "; " << check.transfers() << " transfers, "
      << count(check.transferBytes()) << "B";
  return printable(text);
}

std::string rowlock::checkTable(const ModelCheck &check) {
  std::string text;
  llvm::raw_string_ostream out(text);
  size_t width = 4;
  for (const CheckedNode &node : check.nodes)
    width = std::max(width, std::min<size_t>(60, node.node.size()));
  auto row = [&](const std::string &node, const std::string &verdict,
                 const std::string &macs, const std::string &reason) {
    std::string line =
        llvm::formatv("{0}  {1}  {2}  {3}",
                      llvm::fmt_align(node, llvm::AlignStyle::Left, width),
                      llvm::fmt_align(verdict, llvm::AlignStyle::Left, 11),
                      llvm::fmt_align(macs, llvm::AlignStyle::Right, 8), reason)
            .str();
    out << llvm::StringRef(printable(line)).rtrim() << "\n";
  };
  if (check.asIfQuantised)
    out << "judged as if quantised: the model is in float\n\n";
  row("node", "verdict", "MACs", "why, what to do");
  for (const CheckedNode &node : check.nodes)
    row(node.node, nameOf(node.verdict), node.macs ? count(node.macs) : "",
        node.reason + (node.advice.empty() ? "" : ": " + node.advice));
  out << "\nrun  on           layers      MACs  reads of other runs  tensors\n";
  for (size_t k = 0; k < check.runs.size(); ++k) {
    const CheckedRun &run = check.runs[k];
    out << llvm::format("%3zu  %-11s  %6lld  %8s  %18sB  ", k,
                        nameOf(run.place), static_cast<long long>(run.layers),
                        count(run.macs).c_str(), count(run.bytesIn).c_str())
        << printable(run.first);
    if (run.layers > 1)
      out << " to " << printable(run.last);
    out << "\n";
  }
  out << "\n" << summary(check) << "\n";
  return text;
}

std::string rowlock::checkJSON(const ModelCheck &check) {
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::json::OStream json(out, 1);
  auto string = [&](const char *key, const std::string &value) {
    json.attribute(key, llvm::json::fixUTF8(value));
  };
  json.object([&] {
    string("model", check.model);
    string("target", check.target);
    json.attribute("as_if_quantised", check.asIfQuantised);
    json.attributeArray("nodes", [&] {
      for (const CheckedNode &node : check.nodes)
        json.object([&] {
          string("node", node.node);
          string("operator", node.op);
          json.attribute("verdict", nameOf(node.verdict));
          string("reason", node.reason);
          string("advice", node.advice);
          json.attribute("macs", node.macs);
        });
    });
    json.attributeArray("runs", [&] {
      for (const CheckedRun &run : check.runs)
        json.object([&] {
          json.attribute("on", nameOf(run.place));
          json.attribute("layers", run.layers);
          json.attribute("macs", run.macs);
          json.attribute("bytes_read_of_other_runs", run.bytesIn);
          string("first", run.first);
          string("last", run.last);
        });
    });
    json.attributeObject("totals", [&] {
      json.attribute("macs", check.macs());
      json.attribute("array_macs", check.arrayMacs());
      json.attribute("transfers", check.transfers());
      json.attribute("transfer_bytes", check.transferBytes());
      for (Verdict verdict : {Verdict::Array, Verdict::Host, Verdict::Folded,
                              Verdict::Unsupported, Verdict::NotJudged})
        json.attribute(nameOf(verdict), check.count(verdict));
    });
    string("summary", summary(check));
  });
  out << "\n";
  return text;
}
