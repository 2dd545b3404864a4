import CLibYAML

/// Why libyaml stopped, in its own words; places are code points counted from zero.
struct SyntaxFailure {
  let problem: String
  let place: Int
  /// What was being read, and where that began.
  let context: String?
  let contextPlace: Int?
}

/// The events of libyaml's parser over bytes that outlive it.
struct EventStream: ~Copyable {
  // libyaml keeps pointers to its own parser, which therefore must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    event = .allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
    guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("libyaml has memory for a parser") }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_event_delete(event)
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  /// The next event, which is gone when the one after it is asked for; nil where libyaml has failed.
  mutating func next() -> UnsafePointer<yaml_event_t>? {
    yaml_event_delete(event)
    return yaml_parser_parse(parser, event) == 1 ? UnsafePointer(event) : nil
  }

  /// Where the event ends that `next` returned last.
  var endOfEvent: Int { event.pointee.end_mark.index }

  /// What made `next` return nil.
  var failure: SyntaxFailure {
    let state = parser.pointee
    guard state.error != YAML_MEMORY_ERROR else { preconditionFailure("libyaml has memory for its tokens") }
    return SyntaxFailure(
      problem: state.problem.map { String(cString: $0) } ?? "",
      place: state.problem_mark.index,
      context: state.context.map { String(cString: $0) },
      contextPlace: state.context == nil ? nil : state.context_mark.index
    )
  }
}
