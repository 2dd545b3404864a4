import Diagnostics
import PromQL
import Quantities
import SpecSyntax

/// What one file of settings says about rules.
package struct RuleLayer: Sendable {
  package var rules: [RuleSetting]
  /// In the order of the file; of several that hold for one file the last counts.
  package var paths: [PathRules]

  package struct PathRules: Sendable {
    package var pattern: Located<TextPattern>
    package var rules: [RuleSetting]
  }

  package init(rules: [RuleSetting] = [], paths: [PathRules] = []) {
    self.rules = rules
    self.paths = paths
  }
}

/// What the workspace chose for a lint rule or a standard.
package struct RuleSetting: Sendable {
  package enum Level: Sendable, Hashable {
    case off
    case reported(Severity)
  }

  package var code: Located<String>
  package var level: Level?
  package var options: [(name: Located<String>, value: RuleOptionValue)]

  package init(code: Located<String>, level: Level?, options: [(name: Located<String>, value: RuleOptionValue)] = []) {
    self.code = code
    self.level = level
    self.options = options
  }
}

/// What an organisation asks of every spec.
package struct Standard: Sendable {
  package typealias Demand = StandardSpec.Demand

  package var name: Located<String>
  package var demand: Demand
  package var message: String
  package var severity: Severity
  /// Only services of these tiers are meant; empty is all.
  package var tiers: Set<Int>

  package init(name: Located<String>, demand: Demand, message: String, severity: Severity, tiers: Set<Int>) {
    self.name = name
    self.demand = demand
    self.message = message
    self.severity = severity
    self.tiers = tiers
  }
}

extension WorkspaceSettings {
  /// What holds for a rule in a file, given by its path below the specs: in the nearest file that says anything,
  /// a glob before what holds throughout. Nil where the rule's own severity holds.
  package func setting(of code: String, at path: String) -> RuleSetting? {
    for layer in ruleLayers {
      if let setting = layer.setting(of: code, at: path) ?? layer.setting(of: code) { return setting }
    }
    return nil
  }

  /// The value of a rule's option that the nearest file states.
  package func option(_ name: String, of code: String) -> RuleOptionValue? {
    for layer in ruleLayers {
      for rule in layer.rules where rule.code.value == code {
        if let option = rule.options.first(where: { $0.name.value == name }) { return option.value }
      }
    }
    return nil
  }
}

extension RuleLayer {
  /// Throughout the workspace.
  package func setting(of code: String) -> RuleSetting? {
    rules.last { $0.code.value == code && $0.level != nil }
  }

  fileprivate func setting(of code: String, at path: String) -> RuleSetting? {
    for entry in paths.reversed() {
      guard let setting = entry.rules.last(where: { $0.code.value == code && $0.level != nil }) else { continue }
      if entry.pattern.value.matches(path) { return setting }
    }
    return nil
  }
}

package typealias OptionValue = RuleOptionValue
package typealias LabelDemand = LabelDemandSpec
package typealias NameDemand = NameDemandSpec
package typealias ChannelDemand = ChannelDemandSpec
