import CSHA256

/// SHA-256 (FIPS 180-4), for the identities of artifacts and policies.
///
/// Written here because it is eighty lines, and a cryptography package would add a minute to every build.
/// It proves that bytes are the same; it is not meant for secrets, whose handling would have to take constant time.
package struct SHA256: Sendable {
  /// The eight words that blocks are mixed into.
  private struct Words {
    var a: UInt32 = 0x6a09_e667
    var b: UInt32 = 0xbb67_ae85
    var c: UInt32 = 0x3c6e_f372
    var d: UInt32 = 0xa54f_f53a
    var e: UInt32 = 0x510e_527f
    var f: UInt32 = 0x9b05_688c
    var g: UInt32 = 0x1f83_d9ab
    var h: UInt32 = 0x5be0_cd19
  }

  private var state = Words()

  /// 64 lower-case hexadecimal digits.
  package static func hexadecimal(of bytes: [UInt8], inHardware: Bool = true) -> String {
    SHA256(bytes, inHardware: inHardware).text
  }

  /// The 32 bytes that the digits stand for.
  package static func digest(of bytes: [UInt8]) -> [UInt8] {
    SHA256(bytes, inHardware: true).words.flatMap { word in
      stride(from: UInt32(24), through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
    }
  }

  private init(_ bytes: [UInt8], inHardware: Bool) {
    let tail = Self.padded(bytes[(bytes.count & ~63)...], length: bytes.count)
    if !(inHardware && absorbInHardware(bytes, tail)) { absorb(bytes, tail) }
  }

  /// false where the processor has no instructions for it.
  private mutating func absorbInHardware(_ bytes: [UInt8], _ tail: [UInt8]) -> Bool {
    Self.constants.withUnsafeBufferPointer { constants in
      withUnsafeMutableBytes(of: &state) { raw in
        guard let words = raw.bindMemory(to: UInt32.self).baseAddress, let constants = constants.baseAddress else {
          return false
        }
        return sha256_mix_in_hardware(words, bytes, bytes.count / 64, constants) != 0
          && sha256_mix_in_hardware(words, tail, tail.count / 64, constants) != 0
      }
    }
  }

  private mutating func absorb(_ bytes: [UInt8], _ tail: [UInt8]) {
    // Borrowed for all blocks at once: every byte of every artifact comes through here.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      schedule.initialize(repeating: 0)
      Self.constants.withUnsafeBufferPointer { constants in
        bytes.withUnsafeBufferPointer { whole in
          for start in stride(from: 0, to: bytes.count & ~63, by: 64) { mix(whole, at: start, schedule, constants) }
        }
        tail.withUnsafeBufferPointer { tail in
          for start in stride(from: 0, to: tail.count, by: 64) { mix(tail, at: start, schedule, constants) }
        }
      }
    }
  }

  /// The last bytes, a one bit, zeros, and the message's length in bits: one block or two.
  private static func padded(_ rest: ArraySlice<UInt8>, length: Int) -> [UInt8] {
    var tail = Array(rest)
    tail.append(0x80)
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = UInt64(length) &* 8
    for shift in stride(from: UInt64(56), through: 0, by: -8) { tail.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    return tail
  }

  private mutating func mix(
    _ bytes: UnsafeBufferPointer<UInt8>,
    at offset: Int,
    _ schedule: UnsafeMutableBufferPointer<UInt32>,
    _ constants: UnsafeBufferPointer<UInt32>
  ) {
    for index in 0..<16 {
      let at = offset &+ index &* 4
      schedule[index] =
        UInt32(bytes[at]) &<< 24 | UInt32(bytes[at &+ 1]) &<< 16 | UInt32(bytes[at &+ 2]) &<< 8
        | UInt32(bytes[at &+ 3])
    }
    for index in 16..<64 {
      let early = schedule[index &- 15]
      let late = schedule[index &- 2]
      let first = Self.rotate(early, 7) ^ Self.rotate(early, 18) ^ (early &>> 3)
      let second = Self.rotate(late, 17) ^ Self.rotate(late, 19) ^ (late &>> 10)
      schedule[index] = schedule[index &- 16] &+ first &+ schedule[index &- 7] &+ second
    }
    var words = state
    for round in 0..<64 { Self.turn(&words, schedule[round] &+ constants[round]) }
    state.a &+= words.a
    state.b &+= words.b
    state.c &+= words.c
    state.d &+= words.d
    state.e &+= words.e
    state.f &+= words.f
    state.g &+= words.g
    state.h &+= words.h
  }

  /// One round of the compression function.
  @inline(__always)
  private static func turn(_ words: inout Words, _ word: UInt32) {
    let high = rotate(words.e, 6) ^ rotate(words.e, 11) ^ rotate(words.e, 25)
    let choice = (words.e & words.f) ^ (~words.e & words.g)
    let first = words.h &+ high &+ choice &+ word
    let low = rotate(words.a, 2) ^ rotate(words.a, 13) ^ rotate(words.a, 22)
    let majority = (words.a & words.b) ^ (words.a & words.c) ^ (words.b & words.c)
    (words.h, words.g, words.f, words.e) = (words.g, words.f, words.e, words.d &+ first)
    (words.d, words.c, words.b, words.a) = (words.c, words.b, words.a, first &+ low &+ majority)
  }

  @inline(__always)
  private static func rotate(_ value: UInt32, _ count: UInt32) -> UInt32 {
    value &>> count | value &<< (32 &- count)
  }

  private var words: [UInt32] { [state.a, state.b, state.c, state.d, state.e, state.f, state.g, state.h] }

  private var text: String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64)
    for word in words {
      for shift in stride(from: UInt32(28), through: 0, by: -4) { bytes.append(digits[Int(word >> shift & 15)]) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
