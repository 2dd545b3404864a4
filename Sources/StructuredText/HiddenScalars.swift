/// Code points that a reader cannot see or that a terminal obeys: controls, escape, bidirectional overrides,
/// zero-width spaces, byte-order marks, line separators, noncharacters.
///
/// Every printer of this target escapes them where its format can, so that text from a spec shows itself and
/// commands nothing. The joiners U+200C and U+200D are not among them; scripts and emoji need them.
package enum HiddenScalars {
  package static func contains(_ scalar: Unicode.Scalar) -> Bool { contains(scalar.value) }

  static func contains(_ value: UInt32) -> Bool {
    if value < 0xAD { return value < 0x20 || (0x7F...0x9F).contains(value) }
    switch value {
    case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F: return true
    case 0xFDD0...0xFDEF, 0xFEFF, 0xFFF9...0xFFFB, 0xE0001: return true
    default: return value & 0xFFFE == 0xFFFE
    }
  }
}
