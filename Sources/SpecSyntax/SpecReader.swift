import Diagnostics
import PromQL
import YAMLSource

/// Reads nodes into spec files exactly as written.
package enum SpecReader {
  /// The documents of a file that are specs of a version that is known here, with all of them that could be read.
  ///
  /// A value that cannot be read loses only itself. What it was required for is left out of the document and
  /// remembered in its `unread` names.
  package static func read(
    _ documents: [YAMLNode],
    of file: SourceFile,
    dialect: PromQLDialect = .prometheus2,
    into bag: inout DiagnosticBag
  ) -> SpecFile {
    SpecFile(
      documents: documents.compactMap { node in
        var context = ReadContext(file: file, dialect: dialect)
        defer { bag.add(context.bag) }
        guard context.acceptsVersion(of: node, as: .spec) else { return nil }
        return ValueReader<SpecDocument>.document.read(node, &context)
      }
    )
  }

  /// The settings in the first document of `nines.yaml`; nothing is set where there is none.
  ///
  /// `rules` are those that the settings may speak of.
  package static func readSettings(
    _ documents: [YAMLNode],
    of file: SourceFile,
    rules: [DiagnosticDescriptor],
    into bag: inout DiagnosticBag
  ) -> WorkspaceSettingsSpec {
    var context = ReadContext(file: file, dialect: .prometheus2)
    defer { bag.add(context.bag) }
    guard let node = documents.first else { return WorkspaceSettingsSpec() }
    if documents.count > 1 {
      context.reportWrongShape("the settings of a workspace are one document", at: documents[1].firstPlace)
    }
    guard context.acceptsVersion(of: node, as: .settings) else { return WorkspaceSettingsSpec() }
    return ValueReader<WorkspaceSettingsSpec>.settings(rules: rules).read(node, &context) ?? WorkspaceSettingsSpec()
  }
}
