import Diagnostics
import NinesCompiler
import Quantities

extension Compiler {
  /// As of a day that no test has to know.
  static var forTests: Compiler {
    Compiler(today: CalendarDate(dayNumber: 20_780)) { $0 == "UTC" ? .utc : nil }
  }
}

extension Workspace {
  /// Specs under their paths, as if they had been read from `specs/`.
  init(name: String = "", _ specs: KeyValuePairs<String, String>, settings: String? = nil, firstID: Int = 0) {
    let files = specs.enumerated().map { index, spec in
      SourceFile(id: FileID(firstID + index), path: "specs/\(spec.key)", text: spec.value)
    }
    let settings = settings.map { SourceFile(id: FileID(firstID + files.count), path: "nines.yaml", text: $0) }
    self.init(name: name, folderName: "shop", settings: settings, specs: files)
  }
}

enum Specs {
  static let shop = """
    nines: v1
    service: shop
    owner: web
    policy: none

    indicators:
      requests:
        good: http_requests_total{job="shop", code!~"5.."}
        valid: http_requests_total{job="shop"}

    objectives:
      availability: requests >= 99.9% over 28d
    """
}
