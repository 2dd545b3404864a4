import PlanModel

extension Emitter {
  static let tables = Emitter(
    .tables,
    service: { service, _ in
      if service.objectives.isEmpty { return [] }
      let table = BurnRateTable(service)
      var files = [
        Artifact(path: TableFiles.markdownPath(of: service), text: table.markdown),
        Artifact(path: "tables/\(service.name).json", table.json),
        Artifact(path: "tables/\(service.name).csv", text: table.csv),
      ]
      if !table.promises.isEmpty {
        // A point is in no service's name, so this is no other service's table.
        files.append(Artifact(path: "tables/\(service.name).promises.csv", text: table.promisesCSV))
      }
      return files
    }
  )
}

/// Where the tables of a service are.
enum TableFiles {
  static func markdownPath(of service: ServicePlan) -> String { "tables/\(service.name).md" }
}
