/// How much one file may ask of the compiler. Beyond each of these is SLO113.
package enum YAMLLimits {
  /// The size of a file in bytes: 64 MiB.
  package static let fileSize = 64 << 20
  /// How many lists and mappings may lie inside each other.
  package static let nesting = 64
  /// How many nodes the aliases of a file may stand for, all together.
  ///
  /// A flat number rather than a ratio: a spec of two hundred nodes that repeats one template a hundred times is
  /// honest, and a bomb of ten short lines is far beyond a million either way.
  package static let aliasedNodes = 1_000_000
  package static let documents = 1_000
  /// The length of a key in bytes; what libyaml allows a key in front of its `:`, 1,024 characters of four bytes.
  ///
  /// Keys are compared, and an alias makes a long key out of three bytes.
  package static let keyLength = 4_096
  /// How many `%TAG` directives a file may hold; libyaml compares each with all before it.
  package static let tagDirectives = 100
}
