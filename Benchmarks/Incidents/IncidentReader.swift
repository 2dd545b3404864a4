import StructuredText

/// Why the file of incidents cannot be read.
package struct IncidentFileError: Error, CustomStringConvertible {
  package let description: String
}

extension Incident {
  /// The incidents of a file such as `scenarios.json`.
  package static func read(_ bytes: [UInt8]) throws -> [Incident] {
    guard let entries = try JSONParser.parse(bytes).array else {
      throw IncidentFileError(description: "the file of incidents is no list")
    }
    return try entries.map(Incident.init)
  }

  private init(_ entry: JSONValue) throws {
    func number(_ name: String) -> Double? { entry[name]?.number?.double }
    func stretches(_ name: String) -> [Stretch] {
      (entry[name]?.array ?? []).compactMap { pair in
        let ends = (pair.array ?? []).compactMap { $0.number?.double }
        return ends.count == 2 ? Stretch(start: ends[0], minutes: ends[1]) : nil
      }
    }
    guard let id = entry["id"]?.string, let name = entry["name"]?.string, let target = entry["slo"]?.number,
      let rate = number("rps"), let shape = entry["shape"]?.string.flatMap(TrafficShape.init),
      let background = number("p0"), let horizon = number("horizon_h"),
      let truth = entry["truth"]?.string.flatMap(Truth.init)
    else { throw IncidentFileError(description: "an incident lacks something: \(entry["id"]?.string ?? "?")") }
    let extent = (entry["incident"]?.array ?? []).compactMap { $0.number?.double }
    let quietDays = number("quiet_days")
    self.init(
      id: id,
      name: name,
      target: target.text,
      rate: rate,
      shape: shape,
      background: background,
      faults: (entry["segments"]?.array ?? []).compactMap(Fault.init),
      blind: stretches("blind"),
      resets: (entry["resets"]?.array ?? []).compactMap { $0.number?.double },
      maintenance: stretches("maint"),
      instances: Int(number("pods") ?? 1),
      bornLate: entry["uninit"]?.bool ?? false,
      historyDays: Int(number("history_days") ?? 31),
      watchedMinutes: max(horizon * 60, (quietDays ?? 0) * 1_440),
      isQuiet: quietDays != nil,
      truth: truth,
      extent: extent.count == 2 ? (extent[0], extent[1]) : nil
    )
  }
}

extension Incident.Fault {
  fileprivate init?(_ segment: JSONValue) {
    guard let start = segment["start"]?.number?.double, let minutes = segment["dur"]?.number?.double else { return nil }
    self.init(
      stretch: Incident.Stretch(start: start, minutes: minutes),
      failing: segment["p"]?.number?.double ?? 0,
      missing: segment["drop"]?.number?.double ?? 0
    )
  }
}
