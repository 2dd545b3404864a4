import Quantities

/// The slower of the two pages of a budget, as the lowering makes it: 5% of the budget in six hours of four weeks or more,
/// in as much less of a shorter window.
///
/// The Site Reliability Workbook, chapter 5, on alerts with several windows.
struct SlowestPage {
  /// The window that it looks at.
  let looked: TimeSpan
  /// The burn rate above which it fires.
  let pace: Rational

  init(of window: TimeSpan) {
    looked = TimeSpan.hours(6) * min(.one, window / .days(28))
    pace = window / looked / 20
  }
}
