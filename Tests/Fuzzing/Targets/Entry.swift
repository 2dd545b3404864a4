import Glibc

/// The target that NINES_FUZZ_TARGET names.
private let target: FuzzTarget = {
  guard let name = getenv("NINES_FUZZ_TARGET").map({ String(cString: $0) }), let target = FuzzTarget(rawValue: name)
  else {
    preconditionFailure("NINES_FUZZ_TARGET is none of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  return target
}()

/// What libFuzzer calls with every input that it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: data, count: count)))
  return 0
}
