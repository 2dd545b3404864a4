import PromQL
import Quantities

/// What the series of a counter grew by in one interval, each event counted once.
///
///     now    = last_over_time(X[W] offset d)
///     before = last_over_time(X[P] offset d + i)
///     now - before >= 0  or  now and on (job, instance) BORN
///
/// Both look at what has surely arrived: `d` is the time that a scrape may take.
///
/// `before` is what the previous evaluation saw as its `now`, so that nothing is counted twice and nothing falls between
/// two evaluations. Nothing is extrapolated, unlike with `increase`. What has no difference, or one below zero, is a series
/// that is born or a counter that was reset: both count from zero where the target was watched before.
struct CounterDelta: Sendable {
  let selector: VectorSelector
  /// A counter that the same targets have had from their start.
  let sibling: VectorSelector
  let timing: RuleTiming

  /// With a sibling that is the metric itself, whatever its outcome.
  init(_ selector: VectorSelector, timing: RuleTiming) {
    self.init(selector, sibling: selector.onlyTarget, timing: timing)
  }

  init(_ selector: VectorSelector, sibling: VectorSelector, timing: RuleTiming) {
    self.selector = selector
    self.sibling = sibling
    self.timing = timing
  }

  var expression: PromQLExpression {
    let now = PromQLExpression.lastOverTime(timing.arrived(selector), over: timing.reach.promQL)
    let before = PromQLExpression.lastOverTime(previous(selector), over: timing.gap.promQL)
    return now.minus(before).greaterOrEqual(to: 0).or(now.and(born, on: Self.targetIdentity))
  }

  /// The targets on which a new series counts from zero: they were watched before, so that the series was not there
  /// then, or their process is young. The first scrape of an old process shows events of long ago, and adds nothing. A
  /// counter that was reset is a sibling of its own.
  private var born: PromQLExpression {
    let target = VectorSelector(nil, selector.targetMatchers)
    let wasUp = PromQLExpression.maxOverTime(previous(target.named("up")), over: timing.gap.promQL).equal(to: 1)
    let age = PromQLExpression.time().minus(.selector(target.named("process_start_time_seconds")))
    return PromQLExpression.lastOverTime(previous(sibling), over: timing.gap.promQL)
      .or(wasUp)
      .or(age.less(than: timing.seconds(timing.gap)))
  }

  /// As the previous evaluation saw it.
  private func previous(_ selector: VectorSelector) -> VectorSelector {
    let arrived = timing.arrived(selector)
    return arrived.offset(.milliseconds(arrived.offset.milliseconds + timing.interval.promQL.milliseconds))
  }

  /// What names a scraped target.
  private static let targetIdentity = ["job", "instance"]
}

extension VectorSelector {
  /// Labels that say where a series comes from rather than what it counts; targets' own metrics such as `up` have them.
  static let targetLabels: Set<String> = [
    "job", "instance", "namespace", "pod", "container", "node", "cluster", "region", "zone", "env", "environment",
  ]

  fileprivate var targetMatchers: [LabelMatcher] { matchers.filter { Self.targetLabels.contains($0.label) } }

  /// The metric on the same targets, whatever it counts.
  var onlyTarget: VectorSelector {
    var selector = self
    selector.matchers = targetMatchers + matchers.filter { $0.label == "__name__" }
    return selector
  }

  /// The same choice of labels on another metric.
  func named(_ name: String) -> VectorSelector {
    var selector = self
    selector.metricName = name
    return selector
  }
}
