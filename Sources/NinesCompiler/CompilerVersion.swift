/// The version of the compiler, which manifests and reports name.
package enum CompilerVersion {
  package static let current = "0.1.0"
}
