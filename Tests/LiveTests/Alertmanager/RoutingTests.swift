import Diagnostics
import Emitters
import Foundation
import NinesCompiler
import PlanModel
import Quantities
import SpecCatalog
import TestSupport
import Testing
import WorkspaceFiles

@Suite("Routes of the plans that are kept as examples")
struct RoutingTests {
  @Test("amtool sends every alert to the channels that the specs name", arguments: ["flashfusion-studio", "smart-pip"])
  func routes(_ name: String) throws {
    let specs = try ExampleWorkspace(name)
    let configuration = try #require(specs.artifacts.first { $0.path.hasSuffix("alertmanager/alertmanager.yml") })
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("alertmanager.yml")
    try Data(configuration.bytes).write(to: file)

    var checked: [Set<String>: [String]] = [:]
    for (alert, channels) in specs.alerts {
      let labels = Dictionary(uniqueKeysWithValues: alert.labels.map { ($0.name, $0.value) })
      let decisive = ["severity", "service", "notify"].compactMap { label in labels[label].map { "\(label)=\($0)" } }
      let receivers = try checked[Set(decisive)] ?? Self.receivers(of: decisive, file)
      checked[Set(decisive)] = receivers
      #expect(receivers == (channels.isEmpty ? ["nobody"] : channels.sorted()), "\(alert.alert) \(decisive)")
    }
    #expect(checked.count >= 2)
  }

  private static func receivers(of labels: [String], _ file: URL) throws -> [String] {
    let tool = Process()
    let output = Pipe()
    tool.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tool.arguments = ["amtool", "config", "routes", "test", "--config.file=\(file.path)"] + labels
    tool.standardOutput = output
    tool.standardError = FileHandle.nullDevice
    try tool.run()
    let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    tool.waitUntilExit()
    return answer.split(whereSeparator: \.isNewline).flatMap { $0.split(separator: ",") }.map(String.init).sorted()
  }
}

/// A workspace of `specs/`, compiled.
struct ExampleWorkspace {
  let catalog: Catalog
  let plan: Plan
  let artifacts: [Artifact]

  init(_ name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let workspaces = try WorkspaceFolder(root.path).read().filter { $0.name == name }
    let workspace = try #require(workspaces.first)
    let compiler = Compiler(today: CalendarDate(dayNumber: 20_780), zones: { _ in .utc })
    let compilation = compiler.compile([workspace])
    let compiled = try #require(compilation.outputs?.first, "\(compilation.report.text(as: .text))")
    catalog = compiler.analyze(workspace).catalog
    plan = compiled.plan
    artifacts = compiled.artifacts
  }

  /// Every alerting rule, with the channels that its author named: for the alert, or for pages and tickets.
  var alerts: [(rule: AlertRule, channels: [String])] {
    plan.services.flatMap { service in
      let written = rules(service.groups).map { rule in
        let alert = catalog.alerts.first { $0.name.value == rule.alert && isOf(service, $0.service) }
        return (rule, alert?.channels ?? ticketChannels(of: service))
      }
      let generated = service.objectives.flatMap { plan in
        rules(plan.groups).map { rule in
          let objective = catalog.objectives.first { $0.fullName == plan.name.text }
          let isPage = rule.labels.contains(LabelPair(AlertLabel.urgency, "page"))
          return (rule, (isPage ? objective?.alerting.page : objective?.alerting.ticket)?.channels ?? [])
        }
      }
      return (written + generated).map { rule, channels in (rule, channels.map(fullName)) }
    }
  }

  /// Who gets tickets about any of a service's objectives is told when its rules were not evaluated.
  private func ticketChannels(of service: ServicePlan) -> [ChannelID] {
    let channels = catalog.objectives.filter { isOf(service, $0.service) }.flatMap(\.alerting.ticket.channels)
    return channels.enumerated().filter { !channels[..<$0.offset].contains($0.element) }.map(\.element)
  }

  private func rules(_ groups: [RuleGroup]) -> [AlertRule] {
    groups.flatMap(\.rules).compactMap { rule in if case .alert(let alert) = rule { alert } else { nil } }
  }

  private func isOf(_ plan: ServicePlan, _ service: ServiceID) -> Bool { catalog[service].name.value == plan.name }

  private func fullName(_ channel: ChannelID) -> String {
    "\(catalog[catalog[channel].service].name.value)/\(catalog[channel].name.value)"
  }
}
