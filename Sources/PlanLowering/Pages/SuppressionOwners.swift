import SpecCatalog

/// Whose each accepted finding is: a comment says nothing of services, so it belongs to the declaration that follows it
/// most closely in its file, or else to the last one before it.
struct SuppressionOwners {
  private(set) var suppressions: [ServiceID: [Suppression]] = [:]

  init(_ catalog: Catalog) {
    // By the number of the file.
    var places: [UInt32: [(start: UInt32, service: ServiceID)]] = [:]
    func note(_ file: UInt32, _ start: UInt32, _ service: ServiceID) {
      places[file, default: []].append((start, service))
    }
    for index in catalog.services.indices {
      note(catalog.services[index].name.span.file.index, catalog.services[index].name.span.start, ServiceID(index))
    }
    for item in catalog.metrics { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.indicators { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.journeys { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.objectives { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.agreements { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.policies { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.severities { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.channels { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.alerts { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.exclusions { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.dashboards { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.reviews { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.workedExamples { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.freezes { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.overrides { note(item.span.file.index, item.span.start, item.service) }
    for item in catalog.capacities {
      for row in item.forecast { note(row.quarter.span.file.index, row.quarter.span.start, item.service) }
    }
    for file in places.keys { places[file]?.sort { $0.start < $1.start } }
    for suppression in catalog.suppressions {
      let declarations = places[suppression.span.file.index] ?? []
      let next = Self.first(in: declarations, after: suppression.span.end)
      guard let owner = next < declarations.count ? declarations[next] : declarations.last else { continue }
      suppressions[owner.service, default: []].append(suppression)
    }
  }

  private static func first(in places: [(start: UInt32, service: ServiceID)], after offset: UInt32) -> Int {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
